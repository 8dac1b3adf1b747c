import { attach, faults, idle, inboxReply, page, person, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const story = { url: "{sim}/_cdn/avatar/{account}.png", id: "18000000000000001" };
const platform = { platform: "instagram" } as const;

export const i1: Scenario[] = [
  {
    id: "I1-message",
    row: "I1",
    title: { en: "A message on Instagram", zh: "Instagram 訊息" },
    about: { en: "A text and a picture.", zh: "一段文字與一張圖片。" },
    look: {
      en: "Same inbox, Instagram badge; the composer counts 1,000 bytes (try Chinese or emoji).",
      zh: "同一收件匣，有 Instagram 標記；輸入框以 1,000 位元組計（試試中文或表情）。",
    },
    person: platform,
    steps: [
      write("Olá! Is this one waterproof? ☔"),
      attach({ type: "image", url: "{sim}/_cdn/avatar/{customer}.png" }),
      idle,
    ],
  },
  {
    id: "I1-story-reply",
    row: "I1",
    title: { en: "A reply to a story", zh: "回覆限時動態" },
    about: { en: "A text with the story it answers.", zh: "帶有所回覆限時動態的文字。" },
    look: {
      en: "Story and text together; the story is kept, its address expires.",
      zh: "限時動態與文字一起顯示；網址會過期故先保存。",
    },
    person: platform,
    steps: [write("Where can I get this?", { storyReply: story }), idle],
  },
  {
    id: "I1-story-mention",
    row: "I1",
    title: { en: "Mentioned in a story", zh: "在限時動態中被提及" },
    about: { en: "A story_mention attachment.", zh: "story_mention 附件。" },
    look: { en: "Shown as a mention with the picture.", zh: "以提及顯示，附圖片。" },
    person: platform,
    steps: [attach({ type: "story_mention", url: story.url }), idle],
  },
  {
    id: "I1-unsend",
    row: "I1",
    title: { en: "A message taken back", zh: "收回訊息" },
    about: { en: "The customer unsends what was just written.", zh: "顧客收回剛寫的訊息。" },
    look: { en: "The content is gone, the fact stays: unsent, when.", zh: "內容消失，保留「已收回」與時間。" },
    person: platform,
    steps: [
      write("My card number is 4111 1111 …"),
      idle,
      person("/unsend", { mid: "{$.message.mid}" }),
      write("Sorry, wrong chat."),
      idle,
    ],
  },
  {
    id: "I1-shares-and-vanishing",
    row: "I1",
    title: { en: "Shared posts, reels, vanishing and unsupported", zh: "分享貼文、短片、限時與不支援" },
    about: {
      en: "ig_post, ig_reel, share, a vanishing photo without address and a GIF Meta does not hand out.",
      zh: "ig_post、ig_reel、share、沒有網址的限時照片，以及 Meta 不提供的 GIF。",
    },
    look: { en: "Each says what it is and, where there is no content, why.", zh: "各自說明內容；沒有內容時說明原因。" },
    person: platform,
    steps: [
      attach({ type: "ig_post", url: "https://www.instagram.com/p/1", title: "New in the shop" }),
      attach({ type: "ig_reel", url: "https://www.instagram.com/reel/1", title: "Rain test" }),
      attach({ type: "share", url: "https://www.instagram.com/p/2" }),
      attach({ type: "ephemeral" }),
      person("/messages", { unsupported: true }),
      idle,
    ],
  },
  {
    id: "I1-edit-react-seen",
    row: "I1",
    title: { en: "Edited, reacted, seen", zh: "編輯、表情、已讀" },
    about: {
      en: "An edited message, an answer of the Page, a reaction to it and seen.",
      zh: "編輯過的訊息、粉專的回覆、對它的表情與已讀。",
    },
    look: { en: "New text, reaction, seen mark.", zh: "新文字、表情、已讀標記。" },
    person: platform,
    steps: [
      write("Do you have it in blu?"),
      person("/edits", { mid: "{$.message.mid}", text: "Do you have it in blue?" }),
      inboxReply("Yes, in two blues."),
      idle,
      person("/reactions", { mid: "{$.reply.mid}", emoji: "❤️" }),
      person("/read"),
      idle,
    ],
  },
  {
    id: "I1-link",
    row: "I1",
    title: { en: "Came by an ig.me link", zh: "由 ig.me 連結進入" },
    about: { en: "A referral into the thread, then a message.", zh: "先有連結來源，再寫訊息。" },
    look: { en: "Where they came from.", zh: "來源顯示在對話上。" },
    person: platform,
    steps: [person("/referrals", { ref: "BIO", source: "SHORTLINKS" }), write("I came from your bio."), idle],
  },
  {
    id: "I1-comment",
    row: "I1",
    title: { en: "A comment and a mention", zh: "留言與提及" },
    about: { en: "A comment under a post and a mention elsewhere.", zh: "貼文下的留言，以及在別處提及。" },
    look: { en: "Both are kept, with the user name.", zh: "兩者都保留並顯示用戶名稱。" },
    person: platform,
    steps: [
      page("/comments", { platform: "instagram", customerId: "{customer}", text: "So pretty!" }, "comment"),
      page("/mentions", {}),
      idle,
    ],
  },
  {
    id: "I1-answered-in-the-app",
    row: "I1",
    title: { en: "Answered in the Instagram app", zh: "在 Instagram App 回覆" },
    about: {
      en: "The echo of an answer in the native app carries no app id.",
      zh: "在原生 App 的回覆，其回聲沒有 app_id。",
    },
    look: { en: "Shown as not sent by us, in the thread.", zh: "顯示在對話中，標示為非本系統送出。" },
    person: platform,
    steps: [write("Still there?"), idle, inboxReply("Yes! Sent from my phone."), idle],
  },
  {
    id: "I1-native-echo-missing",
    row: "I1",
    title: { en: "Answered in the app, and no echo comes", zh: "在 App 回覆但沒有回聲" },
    about: {
      en: "Echoes of the native app are missing until undone (reported since July 2025).",
      zh: "復原前原生 App 的回聲缺席（2025 年 7 月起有人回報）。",
    },
    look: { en: "The answer comes by reconciliation, marked recovered.", zh: "對帳時補回並標示。" },
    person: platform,
    steps: [
      faults({ igEchoes: false }),
      write("Still there?"),
      idle,
      inboxReply("Yes! You will find this at Meta only."),
      idle,
    ],
    undo: [faults({ igEchoes: true })],
  },
  {
    id: "I1-connected-tools-off",
    row: "I1",
    title: { en: "Allow access to messages is switched off", zh: "「允許存取訊息」被關閉" },
    about: {
      en: "A first message arrives, then the switch goes off: the next gives no event and calls fail with 200/2534041.",
      zh: "第一則訊息有到，之後開關關閉：下一則沒有事件，呼叫以 200/2534041 失敗。",
    },
    look: {
      en: "The channel names the switch: Settings > Messages > Connected Tools > Allow Access to Messages.",
      zh: "頻道指出開關位置：設定 > 訊息 > 已連結的工具 > 允許存取訊息。",
    },
    person: platform,
    steps: [write("Can you see this?"), idle, page("/instagram-access", { allowed: false }), write("And this?"), idle],
    undo: [page("/instagram-access", { allowed: true })],
  },
  {
    id: "I1-same-person-twice",
    row: "I1",
    title: { en: "The same person on both platforms", zh: "同一人在兩個平台" },
    about: {
      en: "One human writes on Messenger and on Instagram: two ids.",
      zh: "同一人在 Messenger 與 Instagram 來訊：兩個編號。",
    },
    look: { en: "Two threads; they are not merged by name.", zh: "兩個對話，不因名字合併。" },
    steps: [write("I wrote here first."), write("And now on Instagram.", { platform: "instagram" }), idle],
  },
];
