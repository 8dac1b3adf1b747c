import type { Locale } from "../faults/index.ts";
import { DAY_MS, HOUR_MS } from "../ways/index.ts";
import type { AppFacts, Check, RefusalFacts, UsageFacts, WebhookFacts } from "./facts.ts";
import { graphVersionOf } from "./graph-versions.ts";
import { line, timeText } from "./line.ts";

const MINUTE_MS = 60_000;
/** Warned this long before a version ends: an upgrade has to be planned. */
const VERSION_WARN_MS = 90 * DAY_MS;
/** Meta refuses signed things that are minutes off, and reply windows would be counted wrongly. */
const SKEW_WARN_MS = 5_000;
const SKEW_FAIL_MS = MINUTE_MS;
/** A rest this short is over before anybody has read of it. */
const SHORT_REST_MS = 5 * MINUTE_MS;
/** Percent of a limit from which little is left. */
const USAGE_WARN = 80;
/** Refused calls with no accepted one in so long a time: it is Meta that is refused, not a stranger. */
const ONLY_REFUSED_MS = HOUR_MS;
/** Meta repeats what is refused; a single wrong call in a quiet night is nobody's secret. */
const LEAST_ALONE = 3;
/** Meta gives a call up after seconds and tries again for an hour: what failed this lately still fails. */
const STILL_MS = 10 * MINUTE_MS;

/** What went wrong with webhook calls before anything could be read of them. */
export function webhookChecks(facts: WebhookFacts, now: number, locale: Locale): Check[] {
  return [callbackFailures(facts, now, locale), signatures(facts, locale)];
}

const values = ({ count, lastAt }: RefusalFacts) => ({
  count: String(count),
  time: lastAt === null ? "–" : timeText(lastAt),
});

function callbackFailures({ storage, verifyToken, acceptedAt }: WebhookFacts, now: number, locale: Locale): Check {
  if (storage.count > 0 && storage.lastAt !== null) {
    const lasts = now - storage.lastAt <= STILL_MS && (acceptedAt === null || acceptedAt < storage.lastAt);
    return line("callback_failures", lasts ? "fail" : "warn", locale, "storage", values(storage));
  }
  if (verifyToken.count > 0) return line("callback_failures", "warn", locale, "handshake", values(verifyToken));
  return line("callback_failures", "ok", locale, "ok");
}

function signatures({ signature, acceptedAt }: WebhookFacts, locale: Locale): Check {
  const { count, lastAt } = signature;
  if (count === 0 || lastAt === null) return line("signature_failures", "ok", locale, "ok");
  const alone = count >= LEAST_ALONE && (acceptedAt === null || lastAt - acceptedAt > ONLY_REFUSED_MS);
  return line("signature_failures", alone ? "fail" : "warn", locale, alone ? "alone" : "some", values(signature));
}

/** Meta tells the mode of an app and its access level nowhere; its refusals give them away. */
export function appAccess({ takenAt, refused, refusedAt }: AppFacts, locale: Locale): Check {
  const at = (time: number | null) => (time === null ? "–" : timeText(time));
  const facts = { count: String(refused), taken: at(takenAt), time: at(refusedAt) };
  if (refused > 0) return line("app_access", takenAt ? "warn" : "fail", locale, takenAt ? "some" : "all", facts);
  return takenAt ? line("app_access", "ok", locale, "ok", facts) : line("app_access", "unknown", locale, "unknown");
}

export function rateUsage({ percent, restsUntil, strikes }: UsageFacts, now: number, locale: Locale): Check {
  if (restsUntil !== null && restsUntil > now)
    return line("rate_usage", restsUntil - now > SHORT_REST_MS ? "fail" : "warn", locale, "rests", {
      time: timeText(restsUntil),
    });
  if (percent !== null && percent >= USAGE_WARN)
    return line("rate_usage", "warn", locale, "high", { percent: String(Math.round(percent)) });
  if (strikes > 0) return line("rate_usage", "warn", locale, "slowed", { count: String(strikes) });
  return percent === null
    ? line("rate_usage", "ok", locale, "untold")
    : line("rate_usage", "ok", locale, "ok", { percent: String(Math.round(percent)) });
}

/** This server: its clock beside Meta's, and how long the version it speaks will live. */
export function installationChecks({ skewMs, graphVersion }: AppFacts, now: number, locale: Locale): Check[] {
  return [clock(skewMs, locale), versionCheck(graphVersion, now, locale)];
}

function clock(skewMs: number | null, locale: Locale): Check {
  if (skewMs === null) return line("clock", "unknown", locale, "unknown");
  const off = Math.abs(skewMs);
  const seconds = { seconds: String(Math.round(off / 1000)) };
  if (off < SKEW_WARN_MS) return line("clock", "ok", locale, "ok");
  return line("clock", off < SKEW_FAIL_MS ? "warn" : "fail", locale, skewMs > 0 ? "ahead" : "behind", seconds);
}

/** Until when calls are answered as the version they name. */
export function versionCheck(used: string, now: number, locale: Locale): Check {
  const known = graphVersionOf(used);
  if (known === null) return line("graph_version", "unknown", locale, "unknown", { version: used });
  if (known.until === null) return line("graph_version", "ok", locale, "open", { version: used });
  const facts = { version: used, day: known.until };
  const left = Date.parse(known.until) - now;
  if (left <= 0) return line("graph_version", "fail", locale, "ended", facts);
  return line(
    "graph_version",
    left <= VERSION_WARN_MS ? "warn" : "ok",
    locale,
    left <= VERSION_WARN_MS ? "soon" : "ok",
    facts,
  );
}
