import { randomBytes } from "node:crypto";
import type { Config } from "../../config.ts";

const PATIENCE_MS = 10_000;

export type Handshake = { kind: "ok" } | { kind: "wrong" | "unreached"; message: string };

/** Meta's own handshake, at the address Meta is told: name, certificate, proxy and server in one. */
export async function askHandshake(config: Pick<Config, "publicUrl" | "meta">): Promise<Handshake> {
  const challenge = randomBytes(8).toString("hex");
  const query = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.verify_token": config.meta.verifyToken,
    "hub.challenge": challenge,
  });
  try {
    const response = await fetch(`${config.publicUrl}/webhooks/meta?${query}`, {
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const answer = await response.text();
    return response.ok && answer === challenge
      ? { kind: "ok" }
      : { kind: "wrong", message: `status ${response.status}` };
  } catch (error) {
    return { kind: "unreached", message: reasonOf(error) };
  }
}

/** The code of a failed connection, else its text. */
export function reasonOf(error: unknown): string {
  if ((error as Error).name === "TimeoutError") return `no answer within ${PATIENCE_MS / 1000} s`;
  const { code, message } = ((error as Error).cause ?? error) as Error & { code?: string };
  return code ?? message;
}
