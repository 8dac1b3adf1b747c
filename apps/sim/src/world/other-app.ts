import { ControlError } from "../control/body.ts";
import { ownAppId } from "../routing/apps.ts";
import { claimSend } from "../routing/send.ts";
import type { Sim } from "../sim.ts";
import type { Message, Page, Thread } from "../store/types.ts";
import { writeFromPage } from "./page-side.ts";

/** Another app on the Page answers; Meta's rules decide whether it may and what becomes of control. */
export function otherAppAnswers(
  sim: Sim,
  page: Page,
  thread: Thread,
  reply: { appId: string; text: string; metadata?: string },
): Message {
  if (reply.appId === ownAppId(sim)) throw new ControlError(422, "Our own app answers by the Graph API.");
  if (!(page.apps ?? []).some((app) => app.id === reply.appId))
    throw new ControlError(422, `App ${reply.appId} is not installed on this Page; POST …/apps first.`);
  const refused = claimSend(sim, page, thread, reply.appId, { mayTake: true });
  if (refused) throw new ControlError(422, `Meta refuses this app: ${refused.message}`);
  return writeFromPage(sim, thread, {
    attachments: [],
    text: reply.text,
    appId: reply.appId,
    ...(reply.metadata !== undefined && { metadata: reply.metadata }),
  });
}
