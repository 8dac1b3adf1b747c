import type { Locale } from "../faults/index.ts";
import { faultOf, faultText } from "../faults/index.ts";
import type { ChannelFacts, Check, InstagramFacts } from "./facts.ts";
import { line, timeText } from "./line.ts";

/** With none of these the subscription of a Page can be neither read nor made (Messenger webhooks, read 2026-11). */
const SUBSCRIBES = ["CREATE_CONTENT", "MANAGE", "MODERATE"];

/** What the person behind the token may do on the Page. Sending needs MESSAGING; Meta also writes MESSAGE. */
export function tasksCheck({ token }: ChannelFacts, locale: Locale): Check {
  const tasks = token?.tasks ?? null;
  if (tasks === null) return line("tasks", "unknown", locale, token === null ? "unread" : "unknown");
  const list = tasks.length > 0 ? tasks.join(", ") : "–";
  if (!tasks.includes("MESSAGING") && !tasks.includes("MESSAGE"))
    return line("tasks", "fail", locale, "silent", { list });
  if (!SUBSCRIBES.some((task) => tasks.includes(task))) return line("tasks", "warn", locale, "deaf", { list });
  return line("tasks", "ok", locale, "ok", { list });
}

/** What is left out costs a feature, never the connection. */
export function optionalPermissions({ token }: ChannelFacts, locale: Locale): Check {
  const lacking = token?.lackingPermissions ?? null;
  if (lacking === null) return line("optional_permissions", "unknown", locale, "unknown");
  if (lacking.length === 0) return line("optional_permissions", "ok", locale, "ok");
  return line("optional_permissions", "warn", locale, "lacking", { list: lacking.join(", ") });
}

/** Which Page the access is for, whether it is public, and what is behind it on Instagram. */
export function pageChecks({ page, platform, instagram }: ChannelFacts, locale: Locale): Check[] {
  const identity =
    page === null
      ? line("identity", "unknown", locale, "unknown")
      : line(
          "identity",
          page.id === page.expectedId ? "ok" : "fail",
          locale,
          page.id === page.expectedId ? "ok" : "other",
          {
            name: page.name,
            id: page.id,
            wanted: page.expectedId,
          },
        );
  // Nobody can write to a Page that is not published.
  const published =
    page === null || page.published === null
      ? line("page_published", "unknown", locale, "unknown")
      : page.published
        ? line("page_published", "ok", locale, "ok", { name: page.name })
        : line("page_published", "fail", locale, "off", { name: page.name });
  if (platform === "messenger") return [identity, published];
  return [identity, published, instagramLink(instagram, locale), instagramAccess(instagram, locale)];
}

/** Meta does not tell an account that was unlinked from one that became a personal one: the Page names none in both cases. */
function instagramLink(facts: InstagramFacts | null, locale: Locale): Check {
  if (facts === null) return line("instagram_link", "unknown", locale, "unknown");
  const { linked, accountId } = facts;
  if (linked === null) return line("instagram_link", "fail", locale, "none", { id: accountId });
  const name = linked.name === null ? linked.id : `@${linked.name}`;
  if (linked.id !== accountId) return line("instagram_link", "fail", locale, "other", { name, id: accountId });
  return line("instagram_link", "ok", locale, "ok", { name });
}

/** The switch for connected tools and Instagram's demand for two-factor login show only when something is asked for. */
function instagramAccess(facts: InstagramFacts | null, locale: Locale): Check {
  const access = facts?.access ?? null;
  if (access === null) return line("instagram_access", "unknown", locale, "unknown");
  if (access === "ok") return line("instagram_access", "ok", locale, "ok");
  const { explain, fix } = faultText(access, locale);
  return line("instagram_access", "fail", locale, "", {}, { evidence: explain, fix, owner: faultOf(access).owner });
}

/** The newest self-test that came to its end. */
export function selfTestCheck({ selfTest }: ChannelFacts, locale: Locale): Check {
  if (selfTest === null) return line("self_test", "unknown", locale, "never");
  const values = { time: timeText(selfTest.at), failed: String(selfTest.failed), warned: String(selfTest.warned) };
  if (selfTest.failed > 0) return line("self_test", "warn", locale, "failed", values);
  return line("self_test", "ok", locale, selfTest.warned > 0 ? "warned" : "ok", values);
}
