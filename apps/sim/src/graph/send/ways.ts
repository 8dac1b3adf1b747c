import type { Sim } from "../../sim.ts";
import type { Platform } from "../../store/types.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const on = (date: string) => Date.parse(`${date}T00:00:00Z`);

/** Standard messaging window. Source: Messenger Platform, "Send messages" (2026-05-05). */
export const WINDOW_MS = DAY;
/** Reach of HUMAN_AGENT, from the person's last message; of a private reply, from the comment; of an ad's window. */
export const HUMAN_AGENT_MS = 7 * DAY;
export const PRIVATE_REPLY_MS = 7 * DAY;
export const AD_WINDOW_MS = 7 * DAY;
/** The policy page that knows windows of up to seven days after an ad. */
export const AD_WINDOW_SINCE = on("2026-09-28");
/** Before this day other tags and one message after the window ("24+1") existed; those rules are not kept here. */
export const POLICY_SINCE = on("2020-03-04");

/** One way to send, and from when until when Meta takes it. */
export interface Way {
  /** What the request names: `messaging_type`, the tag, or the kind of request. */
  name: string;
  kind: "type" | "tag" | "template" | "comment" | "action";
  platforms: Platform[];
  /** ms; null: as long as these rules go back, and open-ended. */
  from: number | null;
  until: number | null;
  /** ms since the person's last action (a private reply: since the comment); null: no limit. */
  reach: number | null;
  /** Feature or permission the app needs. */
  needs?: "human_agent" | "pages_utility_messaging" | "news_page_index";
  source: string;
}

const BOTH: Platform[] = ["messenger", "instagram"];
const MESSENGER: Platform[] = ["messenger"];
const RETIRED = on("2026-04-27");
const always = { from: null, until: null };
const retired = { kind: "tag", platforms: MESSENGER, from: POLICY_SINCE, until: RETIRED, reach: null } as const;

/** Messenger Platform policy as a table (meta-sending §2.7). */
export const WAYS: Way[] = [
  { name: "RESPONSE", kind: "type", platforms: BOTH, ...always, reach: WINDOW_MS, source: "Send messages, 2026-05-05" },
  { name: "UPDATE", kind: "type", platforms: BOTH, ...always, reach: WINDOW_MS, source: "Send messages, 2026-05-05" },
  {
    name: "HUMAN_AGENT",
    kind: "tag",
    platforms: BOTH,
    ...always,
    reach: HUMAN_AGENT_MS,
    needs: "human_agent",
    source: "Send API reference, v25",
  },
  { name: "CONFIRMED_EVENT_UPDATE", ...retired, platforms: MESSENGER, source: "Messenger changelog, 2026-04-27" },
  { name: "POST_PURCHASE_UPDATE", ...retired, platforms: MESSENGER, source: "Messenger changelog, 2026-04-27" },
  { name: "ACCOUNT_UPDATE", ...retired, platforms: MESSENGER, source: "Messenger changelog, 2026-04-27" },
  {
    name: "NON_PROMOTIONAL_SUBSCRIPTION",
    kind: "tag",
    platforms: MESSENGER,
    ...always,
    reach: null,
    needs: "news_page_index",
    source: "Send messages, 2026-05-05; error codes, 2026-06-25",
  },
  {
    name: "UTILITY",
    kind: "template",
    platforms: MESSENGER,
    ...always,
    reach: null,
    needs: "pages_utility_messaging",
    source: "Utility messages, 2026-03-13",
  },
  {
    name: "PRIVATE_REPLY",
    kind: "comment",
    platforms: BOTH,
    ...always,
    reach: PRIVATE_REPLY_MS,
    source: "Send messages, 2026-05-05; Private replies, 2026-07-02",
  },
  {
    name: "SENDER_ACTION",
    kind: "action",
    platforms: MESSENGER,
    ...always,
    reach: WINDOW_MS,
    source: "Sender actions, 2026-01-21; outside the window: decided here",
  },
  {
    name: "SENDER_ACTION",
    kind: "action",
    platforms: ["instagram"],
    from: on("2025-09-23"),
    until: null,
    reach: WINDOW_MS,
    source: "Messenger changelog, 2025-09-23",
  },
];

/** What a message may contain, and since when (Messenger changelog). */
const SINCE: { what: string; platform: Platform; from: number }[] = [
  { what: "several images", platform: "messenger", from: on("2025-03-19") },
  { what: "several images", platform: "instagram", from: on("2025-11-03") },
  { what: "reply_to", platform: "messenger", from: on("2025-07-15") },
  { what: "reply_to", platform: "instagram", from: on("2025-12-19") },
  { what: "react", platform: "messenger", from: on("2025-12-02") },
  { what: "react", platform: "instagram", from: on("2025-12-02") },
  { what: "file", platform: "instagram", from: on("2025-12-19") },
  { what: "attachment_id", platform: "instagram", from: on("2026-03-13") },
  { what: "sticker_id", platform: "messenger", from: on("2026-06-01") },
  { what: "named parameters", platform: "messenger", from: on("2026-03-06") },
  { what: "image header", platform: "messenger", from: on("2025-09-29") },
];

/** The day whose rules hold, in ms. */
export function policyAt(sim: Sim): number {
  const { policyDate } = sim.store.state.faults;
  return policyDate === null ? sim.now() : Date.parse(policyDate);
}

export function isAlive(way: Way, at: number): boolean {
  return (way.from === null || at >= way.from) && (way.until === null || at < way.until);
}

export function wayOf(name: string, platform: Platform): Way | undefined {
  return WAYS.find((way) => way.name === name && way.platforms.includes(platform));
}

/** Whether Meta knew something on that day. What the table does not name was always there. */
export function isKnown(what: string, platform: Platform, at: number): boolean {
  const since = SINCE.find((one) => one.what === what && one.platform === platform);
  return !since || at >= since.from;
}
