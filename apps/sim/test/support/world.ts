import { vi } from "vitest";
import { type RunningSim, type SimOptions, startSim } from "../../src/index.ts";
import { Receiver } from "./receiver.ts";

export const BLUE = "108123450000001";
export const TEA = "108123450000002";
export const INSTAGRAM = "17841400000009001";
export const ANN = "7400000000000001";
export const KEVIN = "100000000000101";
// Real servers over real HTTP, some of them processes of their own: five seconds are for functions.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });
const PAGE_FIELDS =
  "messages,message_echoes,message_deliveries,message_reads,message_reactions,messaging_postbacks,messaging_referrals,message_edits";

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are read by path in assertions
  body: any;
}

/** A simulator, a receiver and short ways to talk to both. */
export class World {
  sim!: RunningSim;
  receiver!: Receiver;
  token = "";
  userToken = "";
  private readonly options: SimOptions;

  constructor(options: SimOptions = {}) {
    this.options = options;
  }

  async start(): Promise<this> {
    this.sim = await startSim({ port: 0, dataDir: null, ...this.options });
    this.receiver ??= await new Receiver().listen();
    await this.readTokens();
    return this;
  }

  async readTokens(): Promise<void> {
    const { body } = await this.control("GET", "/_sim/state");
    this.token = body.pages[0]?.accessToken ?? "";
    this.userToken = body.users[0]?.accessToken ?? "";
  }

  get appToken(): string {
    return `${this.sim.app.id}|${this.sim.app.secret}`;
  }

  async stop(): Promise<void> {
    await this.sim.close();
    await this.receiver.close();
  }

  async http(method: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${this.sim.url}${path}`, { method, ...init });
    const text = await response.text();
    let body: unknown = text;
    try {
      body = JSON.parse(text);
    } catch {
      // pages are HTML
    }
    return { status: response.status, headers: response.headers, body };
  }

  async control(method: string, path: string, body?: unknown): Promise<Answer> {
    return await this.http(
      method,
      path,
      body === undefined ? {} : { body: JSON.stringify(body), headers: { "content-type": "application/json" } },
    );
  }

  async graph(method: string, path: string, params: Record<string, string> = {}): Promise<Answer> {
    const query = new URLSearchParams(params);
    if (!("access_token" in params)) query.set("access_token", this.token);
    return await this.http(method, `${path}?${query}`);
  }

  async send(message: unknown, extra: Record<string, unknown> = {}, to = ANN): Promise<Answer> {
    return await this.http("POST", "/v26.0/me/messages", {
      headers: { "content-type": "application/json", authorization: `Bearer ${this.token}` },
      body: JSON.stringify({ recipient: { id: to }, message, ...extra }),
    });
  }

  /** A customer writes; the window is open from then on. */
  async write(text: string, customer = ANN, extra: Record<string, unknown> = {}, page = BLUE): Promise<Answer> {
    return await this.control("POST", `/_sim/pages/${page}/customers/${customer}/messages`, { text, ...extra });
  }

  /** Subscribes at both levels. */
  async subscribe(fields = PAGE_FIELDS, page = BLUE): Promise<void> {
    await this.subscribeApp("page", fields);
    await this.graph("POST", `/v26.0/${page}/subscribed_apps`, { subscribed_fields: fields });
  }

  async subscribeApp(object: string, fields: string): Promise<Answer> {
    return await this.graph("POST", `/v26.0/${this.sim.app.id}/subscriptions`, {
      access_token: this.appToken,
      object,
      fields,
      callback_url: this.receiver.url,
      verify_token: this.receiver.verifyToken,
    });
  }

  async faults(changes: Record<string, unknown>): Promise<void> {
    await this.control("PUT", "/_sim/faults", changes);
  }

  async thread(customer = ANN): Promise<Answer["body"]> {
    return (await this.control("GET", `/_sim/pages/${BLUE}/customers/${customer}/thread`)).body;
  }
}
