import type { FastifyReply } from "fastify";
import type { Sim } from "../sim.ts";
import { type Auth, authenticate } from "./auth.ts";
import { GraphError } from "./error.ts";
import { asList, asString, type UploadedFile } from "./params.ts";

/** One Graph call on its way through the handlers. */
export interface Call {
  sim: Sim;
  method: string;
  version: string;
  segments: string[];
  values: Record<string, unknown>;
  files: UploadedFile[];
  bearer: string | undefined;
  /** Scheme, host and port the client used; `paging.next` leads back there. */
  origin: string;
  reply: FastifyReply;
}

export function param(call: Call, name: string): string | undefined {
  return asString(call.values[name]);
}

/** `fields` as text: `a,b{c}` or a list. */
export function fieldsParam(call: Call): string | undefined {
  const raw = call.values.fields;
  if (raw === undefined) return undefined;
  return typeof raw === "string" && !raw.trim().startsWith("[") ? raw : asList(raw).join(",");
}

function tokenOf(call: Call): string | undefined {
  return param(call, "access_token") ?? call.bearer;
}

export function auth(call: Call): Auth {
  const token = tokenOf(call);
  if (token) return authenticate(call.sim, token, param(call, "appsecret_proof"));
  if (call.segments[0] === "me") {
    throw new GraphError({
      code: 2500,
      message: "An active access token must be used to query information about the current user.",
    });
  }
  throw new GraphError({ code: 104, message: "An access token is required to request this resource." });
}

/** The Page whose token the call carries; empty for any other. */
export function callerPageId(call: Call): string {
  const token = tokenOf(call);
  return call.sim.store.state.tokens.find((one) => one.value === token)?.pageId ?? "";
}

/** Parameters every call may carry, and the five retired ones Meta ignores since 2026-10-27 (v26.0 changelog). */
const GLOBAL = new Set([
  "access_token",
  "appsecret_proof",
  "appsecret_time",
  "fields",
  "format",
  "locale",
  "method",
  "metadata",
  "summary",
  "suppress_http_code",
  "limit",
  "before",
  "after",
  "pretty",
  "debug",
  "date_format",
  "return_ssl_resources",
  "sdk",
  "include_headers",
]); // prettier-ignore

/** Meta ignores what it does not know; the local Meta says so loudly, since it is nearly always a spelling mistake. */
export function refuseUnknown(call: Call, known: string[]): void {
  for (const key of Object.keys(call.values)) {
    if (GLOBAL.has(key) || known.includes(key)) continue;
    throw new GraphError({
      code: 100,
      message: `(#100) Unknown parameter "${key}" for ${call.method} /${call.segments.join("/")}`,
    });
  }
}

/** One page of a list with Graph's cursors (Graph API, "Paginated results"). */
export function paged<T>(
  call: Call,
  items: T[],
  idOf: (item: T) => string,
  show: (item: T) => unknown,
  /** A list within another answer: what was asked of it, and where it is to be found by itself. */
  inner?: { limit?: number; after?: string; path?: string; fields?: string },
) {
  const asked = inner?.limit ?? Number(param(call, "limit") ?? 25);
  const limit = Number.isInteger(asked) && asked > 0 ? Math.min(asked, 100) : 25;
  const cursor = (item: T) => Buffer.from(`QVFI${idOf(item)}`).toString("base64url");
  const after = inner ? inner.after : param(call, "after");
  const before = inner ? undefined : param(call, "before");
  let start = 0;
  if (after) start = items.findIndex((item) => cursor(item) === after) + 1;
  else if (before) start = Math.max(0, items.findIndex((item) => cursor(item) === before) - limit);
  const page = items.slice(start, start + limit);
  const [first, last] = [page[0], page.at(-1)];
  if (!first || !last) return { data: [] };
  const link = (name: "after" | "before", item: T) => {
    const url = new URL(`${call.origin}/${call.version}/${inner?.path ?? call.segments.join("/")}`);
    const fields = inner ? inner.fields : fieldsParam(call);
    const token = tokenOf(call);
    if (token) url.searchParams.set("access_token", token);
    if (fields) url.searchParams.set("fields", fields);
    url.searchParams.set("limit", String(limit));
    url.searchParams.set(name, cursor(item));
    return url.href;
  };
  return {
    data: page.map(show),
    paging: {
      cursors: { before: cursor(first), after: cursor(last) },
      ...(start + limit < items.length && { next: link("after", last) }),
      ...(start > 0 && { previous: link("before", first) }),
    },
  };
}
