import type { Locale } from "../faults/index.ts";
import type { Platform } from "../ways/index.ts";
import type { Bilingual } from "./check-text.ts";

/** One thing people click at Meta, with the words it had before. */
export interface Click {
  title: string;
  steps: string;
  url: string | null;
  formerly: string | null;
}

interface ClickText {
  platforms: readonly Platform[];
  title: Bilingual;
  steps: Bilingual;
  url: string | null;
  formerly: Bilingual | null;
}

const HANDOVER: Bilingual = {
  en: "Page settings → Advanced Messaging → App settings: Handover Protocol, Messenger Receiver (primary receiver)",
  zhTW: "粉絲專頁設定 → 進階訊息 → 應用程式設定：Handover Protocol、Messenger 接收者（主要接收者）",
};

/**
 * Where a person sets which app answers first. There is no API for it. Read on 2026-11-22: Conversation Routing (2025-09-24),
 * Instagram Conversation Routing (2026-06-30), Webhooks (Business Apps).
 */
const CLICKS: readonly ClickText[] = [
  {
    platforms: ["messenger"],
    title: { en: "Choose the app that answers first", zhTW: "選擇由哪個應用程式先回覆" },
    steps: {
      en: "At Facebook, switch to the Page → Settings → Page settings → Conversation Routing → choose the default app.",
      zhTW: "在 Facebook 切換為粉絲專頁身分 → 設定 → 粉絲專頁設定 → Conversation Routing（對話路由）→ 選擇預設應用程式。",
    },
    url: "https://www.facebook.com/settings?tab=msgr_conversation_routing",
    formerly: HANDOVER,
  },
  {
    platforms: ["instagram"],
    title: { en: "Choose the app that answers first on Instagram", zhTW: "選擇 Instagram 由哪個應用程式先回覆" },
    steps: {
      en: "At Facebook, switch to the linked Page → Settings → Page settings → Page Setup → Instagram Conversation Routing → choose the default app. The account needs messaging switched on and at least one connected app.",
      zhTW: "在 Facebook 切換為已連結的粉絲專頁身分 → 設定 → 粉絲專頁設定 → 粉絲專頁設定項目（Page Setup）→ Instagram Conversation Routing（Instagram 對話路由）→ 選擇預設應用程式。帳號必須開啟訊息功能，並至少連結一個應用程式。",
    },
    url: null,
    formerly: HANDOVER,
  },
  {
    platforms: ["messenger", "instagram"],
    title: { en: "Let this app take conversations over", zhTW: "允許本系統接手對話" },
    steps: {
      en: "At Facebook, switch to the Page → Settings → Page settings → Page Setup → Advanced Messaging → find this app → switch “Take control of conversations” on.",
      zhTW: "在 Facebook 切換為粉絲專頁身分 → 設定 → 粉絲專頁設定 → 粉絲專頁設定項目（Page Setup）→ Advanced Messaging（進階訊息）→ 找到本系統 → 開啟「Take control of conversations（控制對話）」。",
    },
    url: null,
    formerly: { en: "Handover Protocol: secondary receiver", zhTW: "Handover Protocol：次要接收者" },
  },
  {
    platforms: ["messenger", "instagram"],
    title: { en: "See, connect and remove apps", zhTW: "查看、連結與移除應用程式" },
    steps: {
      en: "Meta Business Suite → All Tools → Business Apps → choose the app → remove it, or change what it may do.",
      zhTW: "Meta Business Suite → 所有工具 → Business Apps（商家應用程式）→ 選擇應用程式 → 移除或變更權限。",
    },
    url: null,
    formerly: null,
  },
];

/** What can be clicked for a channel of this product, in the reader's language. */
export function routingClicks(platform: Platform, locale: Locale): Click[] {
  const say = (text: Bilingual) => (locale === "zh-TW" ? text.zhTW : text.en);
  return CLICKS.filter((click) => click.platforms.includes(platform)).map((click) => ({
    title: say(click.title),
    steps: say(click.steps),
    url: click.url,
    formerly: click.formerly && say(click.formerly),
  }));
}
