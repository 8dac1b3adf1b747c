import type { EmojiData } from "frimousse";
import { drawsEmoji } from "./drawsEmoji.ts";

/** As in emojibase's data.json. */
export interface Entry {
  emoji: string;
  label: string;
  /** None: a part of other emoji, such as a regional indicator. */
  group?: number;
  subgroup?: number;
  version: number;
  tags?: string[];
  skins?: { emoji: string; tone: number | number[] }[];
}

/** As in emojibase's messages.json. */
export interface Messages {
  groups: { key: string; message: string; order: number }[];
  subgroups: { key: string; order: number }[];
  skinTones: { key: string; message: string }[];
}

export type EmojiLocale = "en" | "zh-hant";
type Tone = keyof EmojiData["skinTones"];

/** In the order in which emojibase counts them, from 1. */
const TONES: readonly Tone[] = ["light", "medium-light", "medium", "medium-dark", "dark"];
/** A flag every system has that has flags of countries at all; Windows has none. */
const FLAG = "🇪🇺";

/** Every emoji this computer can draw, with names in one language. Comes with the program: no other server is asked. */
export async function emojiData(locale: EmojiLocale): Promise<EmojiData> {
  const [entries, messages] =
    locale === "zh-hant"
      ? await Promise.all([import("emojibase-data/zh-hant/data.json"), import("emojibase-data/zh-hant/messages.json")])
      : await Promise.all([import("emojibase-data/en/data.json"), import("emojibase-data/en/messages.json")]);
  return arrange(locale, entries.default as Entry[], messages.default as Messages, drawsEmoji);
}

/** Puts emojibase's lists into the shape of the picker, without what `draws` says would show as an empty box. */
export function arrange(
  locale: EmojiLocale,
  entries: readonly Entry[],
  messages: Messages,
  draws: (emoji: string) => boolean,
): EmojiData {
  const newest = newestDrawn(entries, draws);
  const flags = draws(FLAG);
  const flagGroups = messages.subgroups
    .filter(({ key }) => key === "country-flag" || key === "subdivision-flag")
    .map(({ order }) => order);
  const isFlag = (entry: Entry) => entry.subgroup !== undefined && flagGroups.includes(entry.subgroup);
  const groups = messages.groups.filter(({ key }) => key !== "component");
  const shown = new Set(groups.map(({ order }) => order));
  return {
    locale,
    categories: groups.map(({ order, message }) => ({ index: order, label: titled(message) })),
    skinTones: Object.fromEntries(messages.skinTones.map(({ key, message }) => [key, titled(message)])) as Record<
      Tone,
      string
    >,
    emojis: entries.flatMap((entry) => {
      const { emoji, label, group, version, tags = [], skins } = entry;
      if (group === undefined || !shown.has(group) || version > newest || (isFlag(entry) && !flags)) return [];
      return [{ emoji, category: group, label: titled(label), version, tags, skins: skins && toned(skins) }];
    }),
  };
}

/** The newest version of Emoji of which this computer draws a sample; without any, all: its font may come from elsewhere. */
function newestDrawn(entries: readonly Entry[], draws: (emoji: string) => boolean): number {
  const samples = new Map<number, string>();
  for (const { emoji, group, version } of entries)
    if (group !== undefined && !samples.has(version)) samples.set(version, emoji);
  const drawn = [...samples.keys()].sort((a, b) => b - a).find((version) => draws(samples.get(version) ?? ""));
  return drawn ?? Number.POSITIVE_INFINITY;
}

/** Of several people in one emoji, each may have a tone; offered is one tone for all. */
function toned(skins: NonNullable<Entry["skins"]>): Record<Tone, string> {
  const found: Partial<Record<Tone, string>> = {};
  for (const { emoji, tone } of skins) {
    const name = typeof tone === "number" ? TONES[tone - 1] : undefined;
    if (name) found[name] = emoji;
  }
  return found as Record<Tone, string>;
}

const titled = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
