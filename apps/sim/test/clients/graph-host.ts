import https from "node:https";
import { connect, createServer } from "node:net";

const META = ["graph.facebook.com"];
type Connect = (options: { host?: string }, done?: unknown) => unknown;

/**
 * Libraries that have Meta's address built in reach the local Meta all the same: connections of this process to Meta's hosts end
 * there, whatever agent opens them. The libraries stay as published. Any other host over TLS is refused, so that a test never
 * leaves this machine. @returns puts everything back.
 */
export function reachInsteadOfMeta(url: string): () => void {
  const port = Number(new URL(url).port);
  const agent = https.Agent.prototype as unknown as { createConnection: Connect };
  const original = agent.createConnection;
  agent.createConnection = ({ host }) => {
    if (!META.includes(host ?? "")) throw new Error(`a test tried to reach ${host}`);
    return connect(port, "127.0.0.1");
  };
  return () => {
    agent.createConnection = original;
  };
}

/** A published library, as its users load it. They come without types, or with types of another age. */
// biome-ignore lint/suspicious/noExplicitAny: see above
export const loaded = (library: unknown): any => library;

/** A port nobody listens on, for libraries that open their own. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
