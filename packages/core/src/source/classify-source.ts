/** Who sent an outgoing bubble, as far as its echo tells. The server refines `own` into agent, automation or API. */
export interface EchoSource {
  kind: "own" | "other_app" | "page_inbox" | "meta_ai" | "lead_ad_flow" | "meta_notice" | "unknown";
  appId: string | null;
  /** Proper name of the sender where it is known; the same in every language. */
  name: string | null;
}

export interface EchoFacts {
  appId: string | null;
  metadata: string | null;
  aiGenerated: boolean;
  text: string | null;
  ownAppId: string;
}

/** Meta's own apps (changelog 2021-09-14; Instagram routing page 2025-10; lead ads page). */
const INBOX_APPS: Readonly<Record<string, string>> = {
  "263902037430900": "Meta Business Suite",
  // Meta's echo page prints the id one digit short.
  "26390203743090": "Meta Business Suite",
  "1217981644879628": "Instagram Inbox",
};
/** It asks the questions of a lead ad and holds the thread meanwhile (Messenger lead ads, 2026-05-05). */
export const LEAD_AD_APP = "413038776280800";

/**
 * Lines Meta writes into a thread in the Page's name; only their text tells (production, 2026). For display alone: of 37
 * sends Meta refused, 27 had no such line, so no decision may rest on them.
 */
const NOTICES: readonly RegExp[] = [
  /^Your AI agent will respond\b/i,
  /^You took over this chat from your AI agent\b/i,
  /^Your AI agent transferred this chat to you\b/i,
  /^.{1,80} replied to an ad\.$/,
  /^.{1,80} replied to your automated welcome message\./,
  /^Auto-label added: /,
  /^Lead stage set to /,
  /^You are replying to a comment on your post\./,
  /^This message was automatically moved to spam\.$/,
  /^The calling window has been reset to /,
];

/**
 * Names the author of an echo. A match by message id or by our `metadata` is stronger and is made before this (Instagram
 * echoes carry no app id at all). An echo without an app id is `unknown`: Page automations of Meta leave no mark.
 */
export function classifySource(e: EchoFacts): EchoSource {
  const { appId } = e;
  if (appId !== null && appId === e.ownAppId) return { kind: "own", appId, name: null };
  if (e.aiGenerated || isAxon(e.metadata)) return { kind: "meta_ai", appId, name: "Meta AI" };
  if (appId === LEAD_AD_APP) return { kind: "lead_ad_flow", appId, name: "Messenger lead ad" };
  const inbox = appId !== null && Object.hasOwn(INBOX_APPS, appId) ? INBOX_APPS[appId]! : null;
  if ((appId === null || inbox !== null) && isNotice(e.text)) return { kind: "meta_notice", appId, name: "Meta" };
  if (inbox !== null) return { kind: "page_inbox", appId, name: inbox };
  if (appId !== null) return { kind: "other_app", appId, name: null };
  return { kind: "unknown", appId: null, name: null };
}

/** Meta's AI agent marks its echoes with `{"source":"axon"}` (production sample, 2026-08; undocumented). */
const isAxon = (metadata: string | null): boolean => metadata !== null && /"source"\s*:\s*"axon"/.test(metadata);

const isNotice = (text: string | null): boolean =>
  text !== null && NOTICES.some((pattern) => pattern.test(text.trim()));
