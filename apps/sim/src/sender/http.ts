import { signSha1, signSha256 } from "@firstline/meta-wire";
import { Agent, request } from "undici";
import { ANSWER_WITHIN_MS } from "./retry.ts";

/** Both signature headers over the exact bytes: `X-Hub-Signature-256` and the legacy `X-Hub-Signature` (meta-receiving §1.3). */
export function webhookHeaders(secret: string, body: Buffer): Record<string, string> {
  return {
    "content-type": "application/json",
    accept: "*/*",
    "user-agent": "facebookexternalua",
    "x-hub-signature": signSha1(secret, body),
    "x-hub-signature-256": signSha256(secret, body),
  };
}

export interface Answer {
  status: number | null;
  error: string | null;
  text: string | null;
  ms: number;
}

/** Posts webhooks and callbacks; an answer must come within five seconds, of which `keep` characters are kept. */
export class WebhookClient {
  private readonly agent = new Agent({
    connections: 64,
    keepAliveTimeout: 10_000,
    connect: { timeout: ANSWER_WITHIN_MS },
  });
  private readonly stop = new AbortController();

  async post(url: string, headers: Record<string, string>, body: Buffer, keep = 300): Promise<Answer> {
    const started = performance.now();
    const ms = () => Math.round(performance.now() - started);
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.stop.signal]);
      const response = await request(url, { method: "POST", headers, body, dispatcher: this.agent, signal });
      const text = (await response.body.text()).slice(0, keep);
      return { status: response.statusCode, error: null, text, ms: ms() };
    } catch (error) {
      const late = error instanceof Error && error.name === "TimeoutError";
      return {
        status: null,
        error: late ? "no answer within 5 s" : String((error as Error).message),
        text: null,
        ms: ms(),
      };
    }
  }

  async get(url: string): Promise<Answer> {
    const started = performance.now();
    try {
      const response = await request(url, {
        headers: { "user-agent": "facebookplatform/1.0 (+http://developers.facebook.com)", accept: "*/*" },
        dispatcher: this.agent,
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), this.stop.signal]),
      });
      const text = await response.body.text();
      return { status: response.statusCode, error: null, text, ms: Math.round(performance.now() - started) };
    } catch (error) {
      const code = (error as { code?: string }).code;
      return {
        status: null,
        error: code ?? String((error as Error).message),
        text: null,
        ms: Math.round(performance.now() - started),
      };
    }
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.agent.destroy();
  }
}
