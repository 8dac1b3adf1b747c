import { createHash } from "node:crypto";
import type { WebhookClient } from "../sender/http.ts";
import type { Bus } from "../sim.ts";
import { opaque } from "../store/ids.ts";
import type { Store } from "../store/store.ts";
import type { CallbackSwitches } from "../store/switches.ts";
import type { MetaApp, User } from "../store/types.ts";
import { signRequest } from "./signed-request.ts";

export type CallbackKind = "deauthorize" | "data_deletion";

/** One call of an app's callback and what came of it. */
export interface CallbackRecord {
  id: string;
  at: string;
  kind: CallbackKind;
  appId: string;
  userId: string;
  url: string;
  payload: Record<string, unknown>;
  signedRequest: string;
  /** Id of the call this one repeats. */
  replayOf: string | null;
  status: number | null;
  error: string | null;
  answer: string | null;
  ms: number;
  /** Of a data-deletion call: what the person is shown. */
  confirmation: { url: string; code: string } | null;
  /** Why the person is shown nothing. */
  problem: string | null;
}

const KEEP = 200;
const ANSWER_AT_MOST = 4_000;

/**
 * The id of a person as an app knows it. The first app of the world knows people by the ids of this simulator; every other
 * app by ids of its own (Facebook Login, app-scoped ids).
 */
export function appScopedId(store: Store, app: MetaApp, user: User): string {
  if (store.state.apps[0]?.id === app.id) return user.id;
  const digest = createHash("sha256").update(`${app.id}:${user.id}`).digest();
  return `10${String(digest.readUInt32BE(0)).padStart(10, "0")}${String(digest.readUInt16BE(4) % 1000).padStart(3, "0")}`;
}

/**
 * Deauthorise and data-deletion callbacks: `POST`, form-encoded, one field `signed_request`; called once, never repeated
 * (meta-sending §6.5). The log lives in memory only.
 */
export class Callbacks {
  private readonly records: CallbackRecord[] = [];
  private readonly store: Store;
  private readonly client: WebhookClient;
  private readonly bus: Bus;

  constructor(store: Store, client: WebhookClient, bus: Bus) {
    this.store = store;
    this.client = client;
    this.bus = bus;
  }

  /** Calls the app about a person; null where the app has no address for it. `changes` go before the switches. */
  async send(
    kind: CallbackKind,
    app: MetaApp,
    user: User,
    changes: Partial<CallbackSwitches> = {},
  ): Promise<CallbackRecord | null> {
    const url = kind === "deauthorize" ? app.deauthorizeUrl : app.dataDeletionUrl;
    if (!url) return null;
    const style = { ...this.store.state.faults.callbacks, ...changes };
    const issued = Math.floor(Date.now() / 1000) - style.issuedAgoSeconds;
    const id = appScopedId(this.store, app, user);
    const payload = {
      algorithm: style.algorithm,
      expires: issued + 3600,
      issued_at: issued,
      user_id: style.userIdAs === "number" ? Number(id) : id,
    };
    const signedRequest = signRequest(this.keyOf(app, style.signature), payload, {
      over: style.signature === "decoded" ? "decoded" : "encoded",
      padded: style.padded,
    });
    return await this.post({ kind, appId: app.id, userId: user.id, url, payload, signedRequest, replayOf: null });
  }

  /** The very same bytes again. */
  async replay(id: string): Promise<CallbackRecord | null> {
    const first = this.records.find((record) => record.id === id);
    if (!first) return null;
    const { kind, appId, userId, url, payload, signedRequest } = first;
    return await this.post({ kind, appId, userId, url, payload, signedRequest, replayOf: id });
  }

  latest(limit: number): CallbackRecord[] {
    return this.records.slice(-limit).reverse();
  }

  clear(): void {
    this.records.length = 0;
  }

  private keyOf(app: MetaApp, signature: CallbackSwitches["signature"]): string {
    if (signature === "forged") return "not the secret of any app";
    if (signature !== "other_app") return app.secret;
    return this.store.state.apps.find((other) => other.id !== app.id)?.secret ?? "the secret of another app";
  }

  private async post(
    call: Pick<CallbackRecord, "kind" | "appId" | "userId" | "url" | "payload" | "signedRequest" | "replayOf">,
  ): Promise<CallbackRecord> {
    const body = Buffer.from(new URLSearchParams({ signed_request: call.signedRequest }).toString());
    const headers = {
      "content-type": "application/x-www-form-urlencoded",
      accept: "*/*",
      "user-agent": "facebookplatform/1.0 (+http://developers.facebook.com)",
    };
    const at = new Date().toISOString();
    const { status, error, text, ms } = await this.client.post(call.url, headers, body, ANSWER_AT_MOST);
    const told = call.kind === "data_deletion" ? readConfirmation(status, text) : { confirmation: null, problem: null };
    const record = { id: opaque(9), at, ...call, status, error, answer: text, ms, ...told };
    this.records.push(record);
    if (this.records.length > KEEP) this.records.shift();
    this.bus.emit({ type: "world" });
    return record;
  }
}

/** The answer a data-deletion call must have: 200, JSON with `url` and `confirmation_code` (Data Deletion Request Callback). */
function readConfirmation(
  status: number | null,
  text: string | null,
): Pick<CallbackRecord, "confirmation" | "problem"> {
  const fail = (problem: string) => ({ confirmation: null, problem });
  if (status === null) return fail("The app did not answer.");
  if (status !== 200) return fail(`The app answered HTTP ${status}.`);
  let answer: unknown;
  try {
    answer = JSON.parse(text ?? "");
  } catch {
    return fail("The app's answer is not JSON.");
  }
  const { url, confirmation_code: code } = (answer ?? {}) as Record<string, unknown>;
  if (typeof url !== "string" || !URL.canParse(url)) return fail("The app's answer has no url.");
  if (typeof code !== "string" || code === "") return fail("The app's answer has no confirmation_code.");
  return { confirmation: { url, code }, problem: null };
}
