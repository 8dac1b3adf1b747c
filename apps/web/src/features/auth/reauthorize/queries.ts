import { queryOptions, useMutation } from "@tanstack/react-query";
import { api } from "../../../lib/api.ts";
import { keys } from "../../../lib/queryKeys.ts";
import { read, write } from "../../../lib/storage.ts";

const path = (token: string) => `/reauthorizations/by-token/${encodeURIComponent(token)}`;

/** What a link is for. Asked anew in each language, whose words the reason is in. */
export const linkQuery = (token: string, language: string) =>
  queryOptions({
    queryKey: [...keys.reauthorization(token), language],
    queryFn: ({ signal }) => api.get("ReauthorizationPreview", path(token), { signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });

/** What came of a login; asked again until it is known. */
export const resultQuery = (state: string, language: string) =>
  queryOptions({
    queryKey: [...keys.reauthorized(state), language],
    queryFn: ({ signal }) =>
      api.get("ReauthorizationResult", `/reauthorizations/results/${encodeURIComponent(state)}`, { signal }),
    refetchInterval: ({ state: { data } }) => (data?.outcome === "pending" ? 1_000 : false),
    staleTime: 0,
    retry: false,
  });

/** Where this browser keeps which link it came by while its person is at Meta. */
const CAME_BY = "reauthorize";
export const cameBy = (): string | null => read(CAME_BY);
export const forgetLink = (): void => write(CAME_BY, null);

/** Leaves for Meta's dialog. */
export function useStart() {
  return useMutation({
    mutationFn: async (token: string) => {
      const { url } = await api.post("ReauthorizationStarted", `${path(token)}/start`);
      write(CAME_BY, token);
      window.location.assign(url);
      // The page is on its way out; the button keeps turning until it is gone.
      await new Promise((done) => setTimeout(done, 8_000));
    },
  });
}
