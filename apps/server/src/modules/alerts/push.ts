import { sql } from "kysely";
import webpush, { type PushSubscription } from "web-push";
import type { Deps } from "../../deps.ts";
import type { Claimed, Outcome } from "./claim.ts";
import { errorOutcome, statusOutcome } from "./http-outcome.ts";
import { screenOf } from "./screen.ts";
import { vapidKeys } from "./vapid.ts";

/** What the service worker shows. */
export interface Pushed {
  title: string;
  body: string;
  /** A path of this installation. */
  path: string;
  /** A newer one with the same tag takes its place. */
  tag: string;
  lang: string;
}

/** Push services keep 4096 bytes (RFC 8030, 7.2), and encryption adds some. */
const MOST_CHARACTERS = 600;
/** A device that is off is told when it comes back, if within a day. */
const TTL_SECONDS = 86_400;

export async function pushToDevice(
  deps: Pick<Deps, "db" | "fetch" | "vault" | "config" | "log">,
  row: Claimed,
): Promise<Outcome> {
  if (!row.target || !row.target_key_id || !row.address) return { state: "dropped", status: null, error: null };
  const { publicUrl, mail } = deps.config;
  const { title, text } = row.words[row.language];
  const pushed: Pushed = {
    title: row.channel_name ? `${row.channel_name}: ${title}` : title,
    body: text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS - 1)}…` : text,
    path: screenOf(row, ""),
    tag: row.incident_id ?? row.alert_id,
    lang: row.language,
  };
  let request: ReturnType<typeof webpush.generateRequestDetails>;
  try {
    const keys = await vapidKeys(deps);
    const subscription = JSON.parse(deps.vault.open(row.target, row.target_key_id).reveal()) as PushSubscription;
    request = webpush.generateRequestDetails(subscription, JSON.stringify(pushed), {
      vapidDetails: {
        subject: subjectOf(publicUrl, mail?.from),
        publicKey: keys.publicKey,
        privateKey: keys.privateKey().reveal(),
      },
      TTL: TTL_SECONDS,
      urgency: row.severity === "critical" ? "high" : "normal",
    });
  } catch (err) {
    deps.log.warn({ err }, "a push message cannot be sealed for its device");
    return { state: "again", status: null, error: "key_unreadable", detail: null };
  }
  const headers = Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      /^content-length$/i.test(name) || value === undefined ? [] : [[name, String(value)]],
    ),
  );
  try {
    const { status } = await deps.fetch.post(request.endpoint, {
      headers,
      body: request.body,
      allowed: deps.config.alertWebhookOrigins,
    });
    if (status === 404 || status === 410) {
      // RFC 8030, 7.3: the subscription has ended. Its deliveries go with it.
      await sql`
        delete from push_subscription where workspace_id = ${row.workspace_id} and id = ${row.push_subscription_id}`.execute(
        deps.db,
      );
      return { state: "dropped", status, error: "gone" };
    }
    return statusOutcome(status);
  } catch (error) {
    return errorOutcome(error);
  }
}

/** Whom a push service may turn to (RFC 8292, 2.1): an https address or one of e-mail. */
function subjectOf(publicUrl: string, from: string | undefined): string {
  if (publicUrl.startsWith("https:")) return publicUrl;
  const address = /<([^>]+)>/.exec(from ?? "")?.[1] ?? from;
  return `mailto:${address ?? "operator@localhost"}`;
}
