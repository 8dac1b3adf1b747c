import { type FaultCode, faultOf, faultText, type Locale } from "../faults/index.ts";
import { DAY_MS } from "../ways/index.ts";
import { appAccess, installationChecks, rateUsage, webhookChecks } from "./check-app.ts";
import { optionalPermissions, pageChecks, selfTestCheck, tasksCheck } from "./check-page.ts";
import { receivingChecks } from "./check-receiving.ts";
import { routingChecks } from "./check-routing.ts";
import type { ChannelFacts, Check, SubscriptionFacts } from "./facts.ts";
import { type CheckCode, line, timeText } from "./line.ts";

/** Warned this long before an end date, and silence counts as unusual after the same time. */
const WEEK_MS = 7 * DAY_MS;

/**
 * Turns gathered facts into the lines of the channel's health, in the order of a message's way. It judges only what was
 * read: what could not be read is `unknown`, never `ok`. A disconnected channel has one line, for nothing else applies.
 */
export function checkChannel(facts: ChannelFacts, now: number, locale: Locale): Check[] {
  if (facts.state === "disconnected") return [faultLine("connection", "channel_disconnected", locale)];
  return [
    accessToken(facts, locale),
    ...endDates(facts, now, locale),
    permissions(facts, locale),
    optionalPermissions(facts, locale),
    tasksCheck(facts, locale),
    ...pageChecks(facts, locale),
    names(facts, locale),
    subscription("page_subscription", facts.pageSubscription, locale),
    subscription("app_subscription", facts.appSubscription, locale),
    standby(facts, locale),
    callback(facts, locale),
    ...webhookChecks(facts.webhook, now, locale),
    lastEvent(facts, now, locale),
    ...receivingChecks(facts.receiving, facts.platform, now, locale),
    ...installationChecks(facts.app, now, locale),
    restriction(facts, locale),
    notice(facts, locale),
    appAccess(facts.app, locale),
    rateUsage(facts.usage, now, locale),
    humanAgent(facts, locale),
    ...(facts.platform === "messenger" ? [templates(facts, locale)] : []),
    ...routingChecks(facts.routing, locale),
    ...(facts.platform === "messenger" ? [line("page_to_page", "unknown", locale, "unknown")] : []),
    line("requests_folder", "unknown", locale, "unknown"),
    ...(facts.platform === "instagram" ? [line("view_once", "unknown", locale, "unknown")] : []),
    line("blocked_people", "unknown", locale, "unknown"),
    selfTestCheck(facts, locale),
  ];
}

function accessToken({ state, stateFault, token }: ChannelFacts, locale: Locale): Check {
  if (state === "needs_reauthorization" || token?.valid === false) {
    return faultLine("access_token", token?.fault ?? stateFault ?? "channel_needs_reauthorization", locale);
  }
  if (token?.valid !== true || token.checkedAt === null) return line("access_token", "unknown", locale, "unknown");
  return line("access_token", "ok", locale, "ok", { time: timeText(token.checkedAt) });
}

/** Two end dates Meta gives a token: its own, and that of the right to read data (90 days without a login). */
function endDates({ token }: ChannelFacts, now: number, locale: Locale): Check[] {
  if (token === null || token.checkedAt === null) {
    return [line("access_expiry", "unknown", locale, "unknown"), line("data_access", "unknown", locale, "unknown")];
  }
  return [
    endDate("access_expiry", token.expiresAt, "later", now, locale),
    endDate("data_access", token.dataAccessExpiresAt, "ok", now, locale),
  ];
}

function endDate(code: CheckCode, at: number | null, farCase: string, now: number, locale: Locale): Check {
  if (at === null) return line(code, "ok", locale, "ok");
  const values = { time: timeText(at) };
  if (at <= now) return line(code, "fail", locale, "fail", values);
  return at - now <= WEEK_MS ? line(code, "warn", locale, "warn", values) : line(code, "ok", locale, farCase, values);
}

function permissions({ token }: ChannelFacts, locale: Locale): Check {
  const missing = token?.missingPermissions ?? null;
  if (missing === null) return line("permissions", "unknown", locale, "unknown");
  if (missing.length === 0) return line("permissions", "ok", locale, "ok");
  // Granted for other Pages only: the person left this one out in Meta's dialog.
  const misplaced = missing.filter((one) => token?.misplacedPermissions?.includes(one));
  if (misplaced.length === missing.length)
    return line("permissions", "fail", locale, "elsewhere", { list: misplaced.join(", ") });
  return line("permissions", "fail", locale, "fail", { list: missing.join(", ") });
}

/** Without `messages` nothing arrives; any other missing field loses one kind of event. */
function subscription(
  code: "page_subscription" | "app_subscription",
  facts: SubscriptionFacts | null,
  locale: Locale,
): Check {
  if (facts === null) return line(code, "unknown", locale, "unknown");
  const missing = facts.wanted.filter((field) => !facts.found.includes(field));
  if (missing.length === 0) return line(code, "ok", locale, "ok", { list: facts.wanted.join(", ") });
  return line(code, missing.includes("messages") ? "fail" : "warn", locale, "missing", { list: missing.join(", ") });
}

/** Without `standby` a conversation somebody else holds is not seen at all; with routing on that may be every one. */
function standby({ pageSubscription: page, appSubscription: app, routing }: ChannelFacts, locale: Locale): Check {
  if (page === null || app === null) return line("standby", "unknown", locale, "unknown");
  const missing = [page, app].some(({ wanted, found }) => wanted.includes("standby") && !found.includes("standby"));
  if (!missing) return line("standby", "ok", locale, "ok");
  return line("standby", routing?.enabled === true ? "fail" : "warn", locale, "missing");
}

function names({ namesRefused: count }: ChannelFacts, locale: Locale): Check {
  return line("names", count > 0 ? "warn" : "ok", locale, count > 0 ? "refused" : "ok", { count: String(count) });
}

function callback({ callback: facts }: ChannelFacts, locale: Locale): Check {
  if (facts === null) return line("callback", "unknown", locale, "unknown");
  const values = { found: facts.registered ?? "", wanted: facts.expected };
  if (facts.registered === null) return line("callback", "fail", locale, "none", values);
  return facts.registered === facts.expected
    ? line("callback", "ok", locale, "ok", values)
    : line("callback", "fail", locale, "other", values);
}

function lastEvent({ lastEventAt, connectedAt }: ChannelFacts, now: number, locale: Locale): Check {
  if (lastEventAt !== null) {
    const silent = now - lastEventAt > WEEK_MS;
    return line("last_event", silent ? "warn" : "ok", locale, silent ? "silent" : "ok", {
      time: timeText(lastEventAt),
    });
  }
  const fresh = now - connectedAt <= DAY_MS;
  return line("last_event", fresh ? "unknown" : "warn", locale, fresh ? "fresh" : "never", {
    time: timeText(connectedAt),
  });
}

function restriction({ state, stateFault, stateSince }: ChannelFacts, locale: Locale): Check {
  if (state !== "restricted") return line("restriction", "ok", locale, "ok");
  const fault = stateFault ?? "channel_restricted";
  if (stateSince === null) return faultLine("restriction", fault, locale);
  const { explain, fix } = faultText(fault, locale);
  return line("restriction", "fail", locale, "since", { time: timeText(stateSince), explain }, { fix });
}

/** Meta tells warnings and blocks by webhook, and their end; the newest counts. */
function notice({ notice: facts }: ChannelFacts, locale: Locale): Check {
  if (facts === null) return line("notices", "ok", locale, "ok");
  const values = { time: timeText(facts.at), text: facts.text ?? "–" };
  const status = { policy_warning: "warn", policy_block: "fail", policy_unblock: "ok", integrity: "warn" } as const;
  return line("notices", status[facts.kind], locale, facts.kind, values);
}

function humanAgent({ humanAgentApproved }: ChannelFacts, locale: Locale): Check {
  if (humanAgentApproved) return line("human_agent", "ok", locale, "ok");
  return faultLine("human_agent", "human_agent_not_approved", locale, "warn");
}

/** Nothing but templates waits for this permission, so a channel without it is not broken. */
function templates({ token }: ChannelFacts, locale: Locale): Check {
  const allowed = token?.templatesAllowed ?? null;
  if (allowed === null) return line("templates", "unknown", locale, "unknown");
  return allowed
    ? line("templates", "ok", locale, "ok")
    : faultLine("templates", "utility_permission_missing", locale, "warn");
}

/** A line whose words are a fault's own. */
function faultLine(code: CheckCode, fault: FaultCode, locale: Locale, status: Check["status"] = "fail"): Check {
  const { explain, fix } = faultText(fault, locale);
  return line(code, status, locale, "", {}, { evidence: explain, fix, owner: faultOf(fault).owner });
}
