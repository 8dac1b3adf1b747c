import { z } from "zod";
import { Id, Time } from "./common.ts";

/** One thing told once: an incident's opening, its ending after an hour of quiet, or news that is no incident. */
export const Alert = z.object({
  id: Id,
  kind: z.enum(["opened", "ended", "news", "test"]),
  severity: z.enum(["critical", "warning"]),
  audience: z.enum(["everybody", "administrators"]).describe("`administrators`: only they can do something about it."),
  title: z.string(),
  text: z.string(),
  fix: z.string().describe("Empty: nothing is to be done."),
  incidentId: Id.nullable(),
  channelId: Id.nullable(),
  channelName: z.string().nullable(),
  happenedAt: Time,
});
export type Alert = z.infer<typeof Alert>;

export const AlertChoice = z.enum(["all", "critical", "none"]);
export type AlertChoice = z.infer<typeof AlertChoice>;

/** Why an attempt failed. */
export const AlertError = z.enum([
  "address_private",
  "address_not_https",
  "address_unknown",
  "unreachable",
  "timeout",
  "redirected",
  "refused",
  "busy",
  "gone",
  "mail_sign_in",
  "mail_recipient",
  "mail_sender",
  "key_unreadable",
]);
export type AlertError = z.infer<typeof AlertError>;

/** What became of one alert on one way. */
export const AlertAttempt = z.object({
  at: Time.describe("Of the last attempt."),
  state: z
    .enum(["waiting", "sent", "failed", "dropped"])
    .describe("`waiting`: it is tried again. `failed`: given up. `dropped`: there was nobody any more."),
  attempts: z.int(),
  status: z.int().nullable().describe("HTTP status, or SMTP reply, of the last attempt; null: there was none."),
  error: AlertError.nullable(),
  detail: z.string().nullable().describe("The other side's own words."),
});
export type AlertAttempt = z.infer<typeof AlertAttempt>;

/** A browser that is told by web push. */
export const AlertDevice = z.object({
  id: Id,
  name: z.string(),
  createdAt: Time,
  last: AlertAttempt.nullable(),
});
export type AlertDevice = z.infer<typeof AlertDevice>;

/** How the signed-in member is told. At the desk everybody is. */
export const MyAlerts = z.object({
  email: AlertChoice,
  push: AlertChoice,
  address: z.string().describe("Where e-mail goes."),
  emailAvailable: z.boolean().describe("False: the operator has set no mail server, and nothing is sent."),
  emailLast: AlertAttempt.nullable(),
  pushKey: z.string().describe("This installation's VAPID key: `applicationServerKey` of a browser's subscription."),
  devices: z.array(AlertDevice),
});
export type MyAlerts = z.infer<typeof MyAlerts>;
export const UpdateMyAlerts = z.object({ email: AlertChoice.optional(), push: AlertChoice.optional() });
export type UpdateMyAlerts = z.infer<typeof UpdateMyAlerts>;

/** Bytes in base64url, of which so many characters are no padding. */
const keyText = (characters: number) =>
  z.string().regex(new RegExp(`^[\\w-]{${characters}}={0,2}$`), "is not a key of a browser's push subscription");
/** A browser's `PushSubscription`, as `toJSON()` gives it, with a name to recognise it by. The same browser again is the same device. */
export const CreatePushSubscription = z.object({
  endpoint: z.url({ protocol: /^https?$/ }).max(2000),
  keys: z.object({ p256dh: keyText(87), auth: keyText(22) }),
  name: z.string().trim().min(1).max(100),
});

export const AlertTest = z.object({
  way: z.enum(["email", "push", "webhook"]),
  name: z.string().describe("The address, the device, or the webhook's host."),
  state: z.enum(["sent", "failed", "dropped"]),
  status: z.int().nullable(),
  error: AlertError.nullable(),
  detail: z.string().nullable(),
});
export type AlertTest = z.infer<typeof AlertTest>;
export const AlertTestResults = z.object({ results: z.array(AlertTest) });

/** Where every alert of the workspace is posted, and how that went. `url` null: nowhere. */
export const AlertWebhook = z.object({
  url: z.string().nullable(),
  changedAt: Time.nullable(),
  results: z.array(AlertAttempt.extend({ id: Id, kind: Alert.shape.kind, title: z.string() })).describe("The last 20."),
});
export type AlertWebhook = z.infer<typeof AlertWebhook>;
export const PutAlertWebhook = z.object({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  renewSecret: z.boolean().optional().describe("A new secret; the former one is worthless from now on."),
});
export const AlertWebhookSaved = AlertWebhook.extend({
  secret: z.string().nullable().describe("Shown once, when it is made; null: it stays as it was."),
});

/**
 * What is posted to the webhook, as JSON. `X-Firstline-Signature` is `sha256=` and the HMAC-SHA-256, in hex, with the secret over
 * `X-Firstline-Timestamp`, a dot and the exact body. `id` is the same when an alert is repeated. A test has kind `test`.
 */
export const AlertPosted = z.object({
  id: Id,
  kind: Alert.shape.kind,
  severity: Alert.shape.severity,
  happenedAt: Time,
  workspace: z.object({ id: Id, name: z.string() }),
  channel: z.object({ id: Id, name: z.string(), platform: z.string() }).nullable(),
  incident: z.object({ id: Id, code: z.string() }).nullable(),
  words: z.record(z.enum(["en", "zh-TW"]), z.object({ title: z.string(), text: z.string(), fix: z.string() })),
  url: z.string().describe("The screen that shows it."),
});
export type AlertPosted = z.infer<typeof AlertPosted>;
