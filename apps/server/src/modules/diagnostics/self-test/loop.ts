import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import type { SelfTestFacts } from "@firstline/core";
import { signSha256 } from "@firstline/meta-wire";
import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import { askHandshake, reasonOf } from "../handshake.ts";

const PATIENCE_MS = 10_000;

/**
 * Calls this server as Meta would, at the address Meta is told: the handshake, then a delivery of nothing, signed with the app
 * secret. Its mark proves that it was stored in this installation and not in another; it is taken out again.
 */
export async function tryLoop(deps: Pick<Deps, "config" | "db">): Promise<SelfTestFacts["loop"]> {
  const { publicUrl, meta } = deps.config;
  const url = `${publicUrl}/webhooks/meta`;
  if (!meta.appSecret) return null;
  const greeted = await askHandshake(deps.config);
  if (greeted.kind === "unreached") return { url, result: "unreached", message: greeted.message };
  if (greeted.kind === "wrong") return { url, result: "wrong", message: greeted.message };
  const body = Buffer.from(JSON.stringify({ object: "page", entry: [], self_test: randomUUID() }));
  try {
    const response = await fetch(url, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE_MS),
      headers: { "content-type": "application/json", "x-hub-signature-256": signSha256(meta.appSecret, body) },
      body,
    });
    await response.arrayBuffer();
    if (response.status !== 200) return { url, result: "refused", message: `status ${response.status}` };
  } catch (error) {
    return { url, result: "unreached", message: reasonOf(error) };
  }
  return { url, result: (await takeBack(deps, body)) ? "ok" : "elsewhere", message: "" };
}

/** The call was answered after it was stored, so it is there at once; a worker may be holding its row for a moment. */
async function takeBack({ db }: Pick<Deps, "db">, body: Buffer): Promise<boolean> {
  for (let look = 0; look < 5; look++) {
    const { rows } = await sql`
      delete from delivery where received_at > now() - interval '5 minutes' and body = ${body} returning id`.execute(
      db,
    );
    if (rows.length > 0) return true;
    await pause(100);
  }
  return false;
}
