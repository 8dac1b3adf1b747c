import type { ListFilters } from "./queryKeys.ts";

export const tabs = ["mine", "unassigned", "all", "endingSoon", "needsLook"] as const;
export type Tab = (typeof tabs)[number];

/** What the address of the inbox says: which list is shown and which pane of a conversation is in front. */
export interface InboxSearch {
  tab?: Tab;
  channel?: string;
  status?: "resolved";
  q?: string;
  sort?: "window";
  pane?: "contact";
}

const oneOf = <T extends string>(value: unknown, allowed: readonly T[]): T | undefined =>
  allowed.find((each) => each === value);

/** Reads the address; anything unknown is left out, so that an old link still opens. Defaults are not written. */
export function validateInboxSearch(raw: Record<string, unknown>): InboxSearch {
  const search: InboxSearch = {
    tab: oneOf(raw.tab, tabs),
    channel: typeof raw.channel === "string" && raw.channel ? raw.channel : undefined,
    status: oneOf(raw.status, ["resolved"]),
    q: typeof raw.q === "string" || typeof raw.q === "number" ? String(raw.q).slice(0, 200) || undefined : undefined,
    sort: oneOf(raw.sort, ["window"]),
    pane: oneOf(raw.pane, ["contact"]),
  };
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));
}

/** The list filters that an address stands for. A search goes through every conversation of the tab, open or resolved. */
export function filtersOf(search: InboxSearch): ListFilters {
  const tab = search.tab ?? "all";
  return {
    sort: search.sort ?? (tab === "endingSoon" ? "window" : "newest"),
    ...(search.q?.trim() ? { q: search.q.trim() } : { status: search.status ?? "open" }),
    ...(search.channel ? { channelId: search.channel } : {}),
    ...(tab === "mine" ? { assignee: "me" } : {}),
    ...(tab === "unassigned" ? { assignee: "none" } : {}),
    ...(tab === "endingSoon" ? { endingSoon: true } : {}),
    ...(tab === "needsLook" ? { needsLook: true } : {}),
  };
}
