import { createHash } from "node:crypto";
import type { Bus } from "../sim.ts";

export interface GraphCall {
  at: string;
  method: string;
  path: string;
  params: Record<string, unknown>;
  files: string[];
  token: string | null;
  status: number | null;
  code: number | null;
  subcode: number | null;
  message: string | null;
  traceId: string | null;
  ms: number;
}

const SECRETS = new Set([
  "access_token",
  "client_secret",
  "input_token",
  "fb_exchange_token",
  "appsecret_proof",
  "code",
  "verify_token",
]);

/** First letters and a digest: enough to tell two tokens apart, not enough to use one. */
export function mask(secret: string): string {
  return `${secret.slice(0, 4)}…${createHash("sha256").update(secret).digest("hex").slice(0, 6)}`;
}

export function maskParams(params: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      SECRETS.has(key) && typeof value === "string" ? mask(value) : value,
    ]),
  );
}

/** The last Graph calls, tokens masked. Lives in memory only. */
export class CallLog {
  private readonly calls: GraphCall[] = [];
  private readonly hour: number[] = [];
  private readonly bus: Bus;
  private readonly keep: number;

  constructor(bus: Bus, keep = 500) {
    this.bus = bus;
    this.keep = keep;
  }

  add(call: GraphCall): void {
    this.calls.push(call);
    if (this.calls.length > this.keep) this.calls.shift();
    this.hour.push(Date.now());
    if (this.hour.length > 50_000) this.hour.splice(0, 25_000);
    this.bus.emit({ type: "graph" });
  }

  latest(limit: number): GraphCall[] {
    return this.calls.slice(-limit).reverse();
  }

  clear(): void {
    this.calls.length = 0;
  }

  /** `X-App-Usage`: percent of 200 calls per user and hour (Graph API, "Rate limiting"). */
  usage(users: number): string {
    const since = Date.now() - 3_600_000;
    while ((this.hour[0] ?? since) < since) this.hour.shift();
    const percent = Math.min(100, Math.round((this.hour.length / (200 * Math.max(1, users) * 100)) * 100));
    return JSON.stringify({ call_count: percent, total_cputime: 0, total_time: 0 });
  }
}
