import { createHmac } from "node:crypto";
import type { AlertPosted } from "@firstline/contracts";
import type { Deps } from "../../deps.ts";
import { VERSION } from "../../version.ts";
import type { Claimed, Outcome } from "./claim.ts";
import { errorOutcome, statusOutcome } from "./http-outcome.ts";
import { screenOf } from "./screen.ts";

/** What is sealed in `alert_webhook.target_ciphertext`. */
export interface WebhookTarget {
  url: string;
  secret: string;
}

/** `sha256=` and the HMAC over the timestamp (seconds), a dot and the exact body: an old call cannot be played again. */
export const signatureOf = (secret: string, timestamp: string, body: string) =>
  `sha256=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;

export async function postToWebhook(
  deps: Pick<Deps, "fetch" | "vault" | "config" | "clock">,
  row: Claimed,
): Promise<Outcome> {
  if (!row.target || !row.target_key_id) return { state: "dropped", status: null, error: null };
  let target: WebhookTarget;
  try {
    target = JSON.parse(deps.vault.open(row.target, row.target_key_id).reveal()) as WebhookTarget;
  } catch {
    return { state: "again", status: null, error: "key_unreadable", detail: null };
  }
  const posted: AlertPosted = {
    id: row.alert_id,
    kind: row.kind,
    severity: row.severity,
    happenedAt: row.happened_at.toISOString(),
    workspace: { id: row.workspace_id, name: row.workspace_name },
    channel:
      row.channel_id && row.channel_name && row.platform
        ? { id: row.channel_id, name: row.channel_name, platform: row.platform }
        : null,
    incident: row.incident_id && row.incident_code ? { id: row.incident_id, code: row.incident_code } : null,
    words: row.words,
    url: screenOf(row, deps.config.publicUrl),
  };
  const body = JSON.stringify(posted);
  const timestamp = String(Math.floor(deps.clock() / 1000));
  try {
    const { status } = await deps.fetch.post(target.url, {
      headers: {
        "content-type": "application/json",
        "user-agent": `Firstline/${VERSION}`,
        "x-firstline-timestamp": timestamp,
        "x-firstline-signature": signatureOf(target.secret, timestamp, body),
      },
      body,
      allowed: deps.config.alertWebhookOrigins,
    });
    return statusOutcome(status);
  } catch (error) {
    return errorOutcome(error);
  }
}
