import { readId, readText, type WireRecord } from "@firstline/meta-wire";
import type { InboundEvent } from "../channel.ts";
import { otherEvent, readEventTime, readParties, type Scene, unplacedEvent } from "./scene.ts";

/** Names both products use; Messenger has `smile` and `dislike`, Instagram `laugh` (message_reactions, read 2026-11). */
const EMOJI: ReadonlyMap<string, string> = new Map([
  ["love", "❤️"],
  ["like", "👍"],
  ["dislike", "👎"],
  ["smile", "😆"],
  ["laugh", "😆"],
  ["wow", "😮"],
  ["sad", "😢"],
  ["angry", "😠"],
]);

/** Stands for a reaction Meta names `other` without saying which. */
const SOME_EMOJI = "❔";

/** A reaction put on a message or taken back. Only the customer's own `react` opens the window. */
export function readReaction(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const parties = readParties(event, scene, false);
  if (!parties.ok) return unplacedEvent(event, scene, "reaction", parties.reason);
  const mid = readId(value.mid);
  if (mid === null) return otherEvent(event, scene, "reaction", false);
  const emoji = readEmoji(value);
  return {
    type: "reaction",
    platform: scene.platform,
    accountId: parties.accountId,
    contactId: parties.contactId,
    at: readEventTime(event, scene),
    standby: scene.standby,
    mid,
    emoji,
    by: parties.outbound ? "page" : "customer",
    opensWindow: emoji !== null && !parties.outbound,
  };
}

/** Meta's name where the emoji has one, else the emoji itself: its names are few, and phones offer every emoji. */
export function reactionPayload(mid: string, emoji: string | null): Record<string, unknown> {
  if (emoji === null) return { sender_action: "unreact", payload: { message_id: mid } };
  return { sender_action: "react", payload: { message_id: mid, reaction: NAMES.get(plain(emoji)) ?? emoji } };
}

const plain = (emoji: string) => emoji.replace(/\ufe0f/g, "");
/** The names both products know. */
const NAMES = new Map(["love", "like", "wow", "sad", "angry"].map((name) => [plain(EMOJI.get(name)!), name]));

function readEmoji(value: WireRecord): string | null {
  const action = readText(value.action);
  const name = readText(value.reaction);
  const emoji = readText(value.emoji);
  if (action === "unreact") return null;
  if (emoji !== null && emoji.length <= 32) return emoji;
  if (name === null && emoji === null && action !== "react") return null;
  return EMOJI.get(name ?? "") ?? SOME_EMOJI;
}
