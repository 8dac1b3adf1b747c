import type { Channel } from "@firstline/contracts";
import { ApiProblem, request } from "../../lib/api.ts";
import type { ConnectedPages } from "./GrantResult.tsx";

type Wanted = Pick<Channel, "platform" | "externalId">;

/** Each takes the server several calls to Meta: a few at a time keep a request short. */
const AT_ONCE = 5;

/**
 * Connects the chosen ones of a grant; each succeeds or fails by itself. `onProgress` is told how many are done. Where the server is
 * lost on the way, what was connected counts and the rest has failed with that reason. @throws ApiProblem when nothing was.
 */
export async function connectGranted(
  grantId: string,
  wanted: Wanted[],
  onProgress: (done: number) => void,
): Promise<ConnectedPages> {
  const whole: ConnectedPages = { channels: [], failures: [] };
  for (let done = 0; done < wanted.length; done += AT_ONCE) {
    onProgress(done);
    const pages = wanted.slice(done, done + AT_ONCE).map(({ platform, externalId }) => ({ platform, externalId }));
    try {
      const answer = await request("POST", `/channels/grants/${encodeURIComponent(grantId)}`, { pages });
      whole.channels.push(...(answer as ConnectedPages).channels);
      whole.failures.push(...(answer as ConnectedPages).failures);
    } catch (error) {
      if (done === 0 || !(error instanceof ApiProblem)) throw error;
      const { problem } = error;
      whole.failures.push(...wanted.slice(done).map(({ externalId }) => ({ externalId, problem })));
      return whole;
    }
  }
  return whole;
}
