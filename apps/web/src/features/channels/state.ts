import type { Channel, ChannelHealth, ChannelState } from "@firstline/contracts";

export type Tone = "good" | "warn" | "bad" | "off";

const tones: Record<ChannelState, Tone> = {
  healthy: "good",
  degraded: "warn",
  needs_reauthorization: "bad",
  restricted: "bad",
  disconnected: "off",
};
export const toneOf = (state: ChannelState): Tone => tones[state];

/** The person has to do something before the channel works again. */
export const isIll = (channel: Channel): boolean =>
  channel.state === "needs_reauthorization" || channel.state === "restricted" || channel.state === "degraded";

/** Meta's dialog can put it right: access that ended, was taken away or ends soon, or a Page no longer subscribed. */
export function renewable(state: ChannelState, health: ChannelHealth | undefined): boolean {
  if (state === "needs_reauthorization" || state === "disconnected") return true;
  return (health?.checks ?? []).some(renewsCheck);
}

export const renewsCheck = (check: ChannelHealth["checks"][number]): boolean =>
  (check.status === "fail" || check.status === "warn") &&
  ((check.group === "access" && !MENDED_ELSEWHERE.has(check.code)) || RENEWED_TOO.has(check.code));

/** Checks of the access that a new login does not mend: the app's own review, and the test that is to be made again. */
const MENDED_ELSEWHERE: ReadonlySet<string> = new Set(["names", "self_test"]);
const RENEWED_TOO: ReadonlySet<string> = new Set(["page_subscription", "standby", "templates"]);
/** About this server: what fails here makes nothing deaf or mute by itself. */
const ABOUT_SERVER: ReadonlySet<string> = new Set(["clock", "graph_version"]);
/** Told only by Meta's refusal, or for some people alone: not knowing it is no fault of this look. */
const SELDOM_TOLD: ReadonlySet<string> = new Set(["tasks", "app_access", "takeover"]);

export interface Verdict {
  tone: Tone;
  kind: "good" | "look" | "broken" | "needs_reauthorization" | "restricted" | "disconnected";
  /** Checks that ask for something. */
  asks: number;
  /** Checks that could not be read. */
  unread: number;
  total: number;
  receiving: boolean;
  sending: boolean;
}

/**
 * One verdict for a channel. A dead token stops sending, not receiving: Meta goes on calling us. What nobody can see (blind
 * spots) asks for nothing and does not count.
 */
export function verdictOf(state: ChannelState, checks: ChannelHealth["checks"]): Verdict {
  const seen = checks.filter((check) => check.group !== "blind_spots");
  const failed = (group: string) =>
    seen.some((check) => check.group === group && check.status === "fail" && !ABOUT_SERVER.has(check.code));
  const asks = seen.filter((check) => check.status === "warn" || check.status === "fail").length;
  const unread = seen.filter((check) => check.status === "unknown" && !SELDOM_TOLD.has(check.code)).length;
  const figures = {
    asks,
    unread,
    total: seen.length,
    receiving: state !== "disconnected" && !failed("receiving"),
    sending: (state === "healthy" || state === "degraded") && !failed("access") && !failed("sending"),
  };
  if (state === "needs_reauthorization" || state === "restricted" || state === "disconnected")
    return { ...figures, kind: state, tone: toneOf(state) };
  if (seen.some((check) => check.status === "fail")) return { ...figures, kind: "broken", tone: "bad" };
  if (asks > 0) return { ...figures, kind: "look", tone: "warn" };
  return { ...figures, kind: "good", tone: "good" };
}
