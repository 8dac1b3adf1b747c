import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiProblem } from "./api.ts";

let signedOut: () => void = () => {};
/** Says what happens when the server no longer knows the session. */
export const onSignedOut = (handler: () => void): void => {
  signedOut = handler;
};

const watch = (error: unknown): void => {
  if (error instanceof ApiProblem && error.code === "not_signed_in") signedOut();
};

/**
 * Server state lives here and nowhere else. Realtime events keep it fresh (lib/live.ts), so nothing is read again merely
 * because a window got the focus; after a gap the live connection invalidates what may be old.
 */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: (error, query) => (query.meta?.quiet ? undefined : watch(error)) }),
  mutationCache: new MutationCache({ onError: watch }),
  defaultOptions: {
    queries: {
      staleTime: 5 * 60_000,
      gcTime: 30 * 60_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => error instanceof ApiProblem && error.passing && count < 2,
      retryDelay: (count) => Math.min(500 * 2 ** count, 4_000),
      throwOnError: false,
    },
  },
});
