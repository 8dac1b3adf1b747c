import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  headers: IncomingHttpHeaders;
  raw: Buffer;
  // biome-ignore lint/suspicious/noExplicitAny: webhook bodies are read by path in assertions
  body: any;
}

/** A stand-in for an app's callback: answers the handshake and keeps what it receives. */
export class Receiver {
  readonly received: Received[] = [];
  verifyToken = "verify-me";
  /** Status for the n-th delivery (from 0). */
  status: (index: number) => number = () => 200;
  private readonly server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://receiver");
    if (request.method === "GET") {
      const ok =
        url.searchParams.get("hub.verify_token") === this.verifyToken &&
        url.searchParams.get("hub.mode") === "subscribe";
      response.writeHead(ok ? 200 : 403).end(ok ? url.searchParams.get("hub.challenge") : "no");
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks);
      const status = this.status(this.received.length);
      this.received.push({ headers: request.headers, raw, body: JSON.parse(raw.toString()) });
      response.writeHead(status).end("EVENT_RECEIVED");
    });
  });

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/webhooks/meta`;
  }

  /** The single events, in the order of arrival. */
  get events() {
    return this.received.flatMap(({ body }) =>
      body.entry.flatMap((entry: { messaging: unknown[] }) => entry.messaging),
    );
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
