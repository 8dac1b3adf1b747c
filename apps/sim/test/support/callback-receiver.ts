import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A stand-in for an app's deauthorise and data-deletion callbacks: keeps what it is called with, answers as it is told. */
export class CallbackReceiver {
  readonly received: { path: string; contentType: string; fields: URLSearchParams }[] = [];
  answer: { status: number; body: string } = { status: 200, body: "ok" };
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const fields = new URLSearchParams(Buffer.concat(chunks).toString());
      this.received.push({ path: request.url ?? "", contentType: request.headers["content-type"] ?? "", fields });
      response.writeHead(this.answer.status).end(this.answer.body);
    });
  });

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get signed(): string[] {
    return this.received.map(({ fields }) => fields.get("signed_request") ?? "");
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
