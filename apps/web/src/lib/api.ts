import type { Problem } from "@firstline/contracts";
import { learnServerTime } from "./clock.ts";
import { type Body, checked, type SchemaName } from "./contracts.ts";

export const API = "/api/v1";

/** An answer that is not a success. `status` 0: the server was not reached at all. */
export class ApiProblem extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail || problem.title}`);
    this.name = "ApiProblem";
    this.problem = problem;
  }
  get status(): number {
    return this.problem.status;
  }
  get code(): string {
    return this.problem.code;
  }
  /** The same request may succeed later without a change: no connection, or the server is overloaded or restarting. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

const blank = { type: "about:blank", fix: "", owner: "operator" } as const;

export function unreachable(cause: unknown): ApiProblem {
  return new ApiProblem({ ...blank, status: 0, code: "unreachable", title: "", detail: String(cause) });
}

/** Turns any unsuccessful answer into a problem, also one that a proxy in between has written. */
export function problemOf(status: number, body: unknown): ApiProblem {
  if (body && typeof body === "object" && typeof (body as Problem).code === "string") {
    const { code, ...told } = body as Partial<Problem> & { code: string };
    return new ApiProblem({ ...blank, title: "", detail: "", ...told, code, status });
  }
  const code =
    status === 401 ? "not_signed_in" : status === 403 ? "not_allowed" : status === 404 ? "not_found" : "unexpected";
  return new ApiProblem({ ...blank, status, code, title: "", detail: `HTTP ${status}` });
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export function withQuery(path: string, query?: Query): string {
  const pairs = Object.entries(query ?? {}).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  if (pairs.length === 0) return path;
  return `${path}?${new URLSearchParams(pairs.map(([key, value]) => [key, String(value)]))}`;
}

interface Options {
  query?: Query;
  signal?: AbortSignal;
}

/** One request, its answer as it came. For the few answers without a contract of their own; else use {@link api}. */
export async function request(method: string, path: string, body: unknown, options: Options = {}): Promise<unknown> {
  let answer: Response;
  try {
    answer = await fetch(withQuery(API + path, options.query), {
      method,
      credentials: "same-origin",
      headers: {
        accept: "application/json",
        // Words of the catalogue come in the language of the screen, which need not be the browser's.
        "accept-language": document.documentElement.lang,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: options.signal,
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
    throw unreachable(cause);
  }
  learnServerTime(answer.headers.get("date"));
  const text = await answer.text();
  let parsed: unknown = null;
  try {
    parsed = text ? JSON.parse(text) : null;
  } catch {
    throw problemOf(answer.ok ? 502 : answer.status, null);
  }
  if (!answer.ok) throw problemOf(answer.status, parsed);
  return parsed;
}

type Answer<K extends SchemaName | null> = K extends SchemaName ? Body<K> : undefined;

async function call<K extends SchemaName | null>(
  answer: K,
  method: string,
  path: string,
  body?: unknown,
  options: Options = {},
): Promise<Answer<K>> {
  const parsed = await request(method, path, body, options);
  return (answer === null ? undefined : await checked(answer, parsed)) as Answer<K>;
}

/**
 * The server's API. The first argument names the contract of the answer (`null`: no body), which gives the type:
 * `api.get("ConversationList", "/conversations", { query })`. Throws {@link ApiProblem}.
 */
export const api = {
  get: <K extends SchemaName | null>(answer: K, path: string, options?: Options) =>
    call(answer, "GET", path, undefined, options),
  post: <K extends SchemaName | null>(answer: K, path: string, body?: unknown, options?: Options) =>
    call(answer, "POST", path, body, options),
  patch: <K extends SchemaName | null>(answer: K, path: string, body?: unknown, options?: Options) =>
    call(answer, "PATCH", path, body, options),
  put: <K extends SchemaName | null>(answer: K, path: string, body?: unknown, options?: Options) =>
    call(answer, "PUT", path, body, options),
  delete: <K extends SchemaName | null>(answer: K, path: string, options?: Options) =>
    call(answer, "DELETE", path, undefined, options),
};
