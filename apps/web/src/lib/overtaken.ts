import type { QueryClient } from "@tanstack/react-query";

/** Queries whose answers events keep fresh. */
const LIVE = new Set<unknown>(["conversations", "conversation", "messages", "activity", "contact", "channels"]);

/**
 * Answers that events overtake. An answer shows the moment it was read in the database; an event told while it was on its way
 * may be newer, and the answer would write over it. So what is told during a fetch is applied once more after it: events carry
 * whole rows, twice does no harm.
 */
export function rememberOvertaking<E>(client: QueryClient, apply: (event: E) => void) {
  const begun = new Map<string, number>();
  let told: E[] = [];
  const ended = (hash: string): E[] => {
    const missed = told.slice(begun.get(hash) ?? told.length);
    begun.delete(hash);
    if (begun.size === 0) told = [];
    return missed;
  };
  const stop = client.getQueryCache().subscribe((change) => {
    if (change.type !== "updated" || !LIVE.has(change.query.queryKey[0])) return;
    const { action, query } = change;
    if (action.type === "fetch") begun.set(query.queryHash, told.length);
    else if (action.type === "error") ended(query.queryHash);
    else if (action.type === "success" && !action.manual) for (const event of ended(query.queryHash)) apply(event);
  });
  return {
    /** To be called with every event that has been applied. */
    tell(event: E): void {
      if (begun.size > 0) told.push(event);
    },
    stop,
  };
}

/**
 * Reads everything again that may have missed something. A first fetch still on its way was asked before this moment and is not
 * started anew by an invalidation, so it is repeated once it has come.
 */
export function readAgain(client: QueryClient): void {
  const predicate = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== "me" && queryKey[0] !== "setup";
  for (const query of client.getQueryCache().findAll({ predicate })) {
    if (query.state.fetchStatus === "idle" || query.state.data !== undefined) continue;
    const again = () => void client.invalidateQueries({ queryKey: query.queryKey, exact: true });
    void query.promise?.then(again, () => {});
  }
  void client.invalidateQueries({ predicate });
}
