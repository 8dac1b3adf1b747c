import { appSecretProof, type GraphError, parseJson, readGraphError } from "@firstline/meta-wire";
import { Agent, FormData, fetch } from "undici";
import { scrub } from "../log/index.ts";
import type { Secret } from "../secrets/index.ts";
import { type GraphUsage, readUsage } from "./usage.ts";

/** One Graph request as data. `path` has no version: the client puts it in front. */
export interface GraphCall {
  method: "GET" | "POST" | "DELETE";
  path: string;
  query?: Record<string, string>;
  json?: unknown;
  form?: Record<string, string>;
  file?: { field: string; name: string; contentType: string; bytes: Uint8Array };
}

/**
 * What came of a call, as data. It never throws for anything Meta or the network does.
 * `no_answer`: nothing readable came back. `written` tells whether the request may have left this machine; if it may, the
 * outcome at Meta is unknown (the Send API has no idempotency key) and nobody may simply send again.
 */
export type GraphAnswer =
  | {
      kind: "answer";
      httpStatus: number;
      body: unknown;
      error: GraphError | null;
      raw: string;
      retryAfterSeconds: number | null;
      usage: GraphUsage | null;
    }
  | { kind: "no_answer"; written: boolean; timedOut: boolean; message: string };

export type { GraphError, GraphUsage };

export interface GraphClient {
  call(request: GraphCall, token: Secret, options?: { timeoutMs?: number }): Promise<GraphAnswer>;
  /** With the app's own token (`id|secret`). */
  callAsApp(request: GraphCall, options?: { timeoutMs?: number }): Promise<GraphAnswer>;
  /** How far this machine's clock was ahead of Meta's at the newest answer, ms; null: no answer told its time yet. */
  skewMs(): number | null;
  close(): Promise<void>;
}

export interface GraphSettings {
  graphUrl: string;
  version: string;
  appId: string | null;
  appSecret: string | null;
}

/** Codes after which no request has been written to the wire. */
const NOT_WRITTEN = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
]);

export function createGraphClient(settings: GraphSettings): GraphClient {
  const agent = new Agent({
    connections: 64,
    pipelining: 1,
    connect: { timeout: 10_000 },
    headersTimeout: 100_000,
    bodyTimeout: 100_000,
  });

  let skew: number | null = null;
  async function send(request: GraphCall, token: string, timeoutMs: number): Promise<GraphAnswer> {
    const url = new URL(`${settings.graphUrl}/${settings.version}${request.path}`);
    for (const [k, v] of Object.entries(request.query ?? {})) url.searchParams.set(k, v);
    if (settings.appSecret) url.searchParams.set("appsecret_proof", appSecretProof(settings.appSecret, token));
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: "application/json" };
    let body: string | FormData | undefined;
    if (request.file) {
      body = new FormData();
      for (const [k, v] of Object.entries(request.form ?? {})) body.set(k, v);
      body.set(
        request.file.field,
        new File([request.file.bytes as Uint8Array<ArrayBuffer>], request.file.name, {
          type: request.file.contentType,
        }),
      );
    } else if (request.form) {
      body = new URLSearchParams(request.form).toString();
      headers["content-type"] = "application/x-www-form-urlencoded";
    } else if (request.json !== undefined) {
      body = JSON.stringify(request.json);
      headers["content-type"] = "application/json";
    }
    const askedAt = Date.now();
    try {
      const response = await fetch(url, {
        method: request.method,
        headers,
        body,
        dispatcher: agent,
        redirect: "error",
        signal: AbortSignal.timeout(timeoutMs),
      });
      skew = skewOf(response.headers.get("date"), askedAt, Date.now()) ?? skew;
      const raw = await response.text();
      const parsed = parse(raw);
      const retryAfter = Number(response.headers.get("retry-after"));
      return {
        kind: "answer",
        httpStatus: response.status,
        body: parsed,
        error: withoutSecrets(readGraphError(parsed)),
        raw: scrub(raw.slice(0, 4000)),
        retryAfterSeconds: Number.isFinite(retryAfter) && retryAfter > 0 ? retryAfter : null,
        usage: readUsage(response.headers),
      };
    } catch (error) {
      const cause = ((error as Error).cause ?? error) as Error & { code?: string };
      const timedOut = (error as Error).name === "TimeoutError";
      return {
        kind: "no_answer",
        written: !NOT_WRITTEN.has(cause.code ?? ""),
        timedOut,
        message: timedOut ? `No answer within ${timeoutMs} ms.` : (cause.code ?? cause.message ?? "connection failed"),
      };
    }
  }

  return {
    call: (request, token, options) => send(request, token.reveal(), options?.timeoutMs ?? 30_000),
    callAsApp: (request, options) =>
      send(request, `${settings.appId}|${settings.appSecret}`, options?.timeoutMs ?? 30_000),
    skewMs: () => skew,
    close: () => agent.close(),
  };
}

/** Longer than this an answer tells too little of when it was given. */
const SLOW_MS = 10_000;

/** Half the way there and back is taken off, and half a second: the `Date` of an answer has whole seconds. */
function skewOf(date: string | null, askedAt: number, answeredAt: number): number | null {
  const told = Date.parse(date ?? "");
  if (Number.isNaN(told) || answeredAt - askedAt > SLOW_MS) return null;
  return Math.round((askedAt + answeredAt) / 2 - (told + 500));
}

/** Meta repeats a token it cannot read in its text (“Malformed access token EAA…”), which is stored and shown. */
function withoutSecrets(error: GraphError | null): GraphError | null {
  if (!error) return null;
  const clean = (text: string | null) => (text === null ? null : scrub(text));
  return {
    ...error,
    message: clean(error.message),
    userTitle: clean(error.userTitle),
    userMessage: clean(error.userMessage),
  };
}

function parse(raw: string): unknown {
  try {
    return parseJson(raw);
  } catch {
    return null;
  }
}
