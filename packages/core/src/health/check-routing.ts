import type { Locale } from "../faults/index.ts";
import type { Check, RoutingFacts } from "./facts.ts";
import { line, timeText } from "./line.ts";

/** Who else is on the Page, who answers first, and whether conversations can be taken over (Conversation Routing, 2025-09-24). */
export function routingChecks(facts: RoutingFacts | null, locale: Locale): Check[] {
  if (facts === null)
    return (["other_apps", "default_app", "takeover"] as const).map((code) => line(code, "unknown", locale, "never"));
  return [otherApps(facts, locale), defaultApp(facts, locale), takeover(facts, locale)];
}

function otherApps({ otherApps: names, enabled }: RoutingFacts, locale: Locale): Check {
  if (names === null) return line("other_apps", "unknown", locale, "unknown");
  if (names.length === 0) return line("other_apps", "ok", locale, "none");
  const list = names.join(", ");
  return enabled === true
    ? line("other_apps", "ok", locale, "routed", { list })
    : line("other_apps", "warn", locale, "unrouted", { list });
}

function defaultApp({ enabled, defaultApp: app }: RoutingFacts, locale: Locale): Check {
  if (enabled === null) return line("default_app", "unknown", locale, "unknown");
  if (!enabled) return line("default_app", "ok", locale, "all");
  if (app === null) return line("default_app", "unknown", locale, "untold");
  if (app.ours) return line("default_app", "ok", locale, "ours");
  return line("default_app", "warn", locale, "other", { name: app.name ?? "–" });
}

/** Meta tells whether the take-over switch is on only by refusing. */
function takeover({ enabled, takeover: last, heldNow }: RoutingFacts, locale: Locale): Check {
  if (enabled === null) return line("takeover", "unknown", locale, "unknown");
  if (!enabled)
    return heldNow > 0
      ? line("takeover", "warn", locale, "stuck", { count: String(heldNow) })
      : line("takeover", "ok", locale, "off");
  if (last === null) return line("takeover", "unknown", locale, "untried");
  const values = { time: timeText(last.at) };
  return last.allowed
    ? line("takeover", "ok", locale, "ok", values)
    : line("takeover", "warn", locale, "refused", values);
}
