import { type Call, param } from "../call.ts";

export interface PageRequest<T> {
  /** Address of the list, without version: where `paging.next` leads, also for a list nested in another answer. */
  path: string;
  /** Parameters the next page needs again. */
  params: Record<string, string | undefined>;
  limit: number | undefined;
  after: string | undefined;
  before?: string | undefined;
  /** Newest first: the time that orders the list, in ms. */
  timeOf(item: T): number;
  idOf(item: T): string;
}

const DEFAULT = 25;
const MOST = 100;

function cursorOf<T>(request: PageRequest<T>, item: T): string {
  return Buffer.from(`QVFI${request.timeOf(item)}:${request.idOf(item)}`).toString("base64url");
}

/** Where a cursor points. One whose item is gone points to the place where it was. */
function place<T>(request: PageRequest<T>, items: T[], cursor: string): number {
  const text = Buffer.from(cursor, "base64url").toString();
  const at = Number(/^QVFI(\d+):/.exec(text)?.[1] ?? Number.NaN);
  const exact = items.findIndex((item) => cursorOf(request, item) === cursor);
  if (exact >= 0) return exact;
  const older = items.findIndex((item) => request.timeOf(item) < at);
  return older < 0 ? items.length - 1 : older - 1;
}

/**
 * One page of a list, newest first. `cursors.after` is there on the last page too: only `next` says that there is more
 * (Graph API, Conversation; meta-receiving §4).
 */
export function page<T>(call: Call, items: T[], request: PageRequest<T>, show: (item: T) => unknown) {
  const asked = request.limit ?? DEFAULT;
  const limit = Number.isInteger(asked) && asked > 0 ? Math.min(asked, MOST) : DEFAULT;
  let start = 0;
  if (request.after) start = place(request, items, request.after) + 1;
  else if (request.before) start = Math.max(0, place(request, items, request.before) - limit);
  const shown = items.slice(start, start + limit);
  const [first, last] = [shown[0], shown.at(-1)];
  if (!first || !last) return { data: [] };
  const link = (name: "after" | "before", item: T) => {
    const url = new URL(`${call.origin}/${call.version}/${request.path}`);
    const token = param(call, "access_token") ?? call.bearer;
    if (token) url.searchParams.set("access_token", token);
    for (const [key, value] of Object.entries(request.params)) if (value) url.searchParams.set(key, value);
    url.searchParams.set("limit", String(limit));
    url.searchParams.set(name, cursorOf(request, item));
    return url.href;
  };
  return {
    data: shown.map(show),
    paging: {
      cursors: { before: cursorOf(request, first), after: cursorOf(request, last) },
      ...(start + limit < items.length && { next: link("after", last) }),
      ...(start > 0 && { previous: link("before", first) }),
    },
  };
}
