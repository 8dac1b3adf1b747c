import { attach, idle, page, person, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const url = "{sim}/_cdn/avatar/{customer}.png";

/** Every kind of content and event a Page can receive: nothing may be dropped. */
export const r5Kinds: Scenario[] = [
  {
    id: "R5-every-attachment",
    row: "R5",
    title: { en: "Every kind of attachment", zh: "各種附件" },
    about: {
      en: "Picture, sticker, reel, posts, appointment, product, link and one Meta cannot show.",
      zh: "圖片、貼圖、連續短片、貼文、預約、商品、連結，以及 Meta 無法顯示的內容。",
    },
    look: { en: "Each is shown as what it is; none is missing.", zh: "各自正確顯示，沒有遺漏。" },
    steps: [
      attach({ type: "image", url }),
      attach({ type: "sticker" }),
      attach({ type: "reel", url: "https://www.facebook.com/reel/1", title: "Rain test" }),
      attach({ type: "ig_reel", url: "https://www.instagram.com/reel/1", title: "Rain test" }),
      attach({ type: "post", url: "https://www.facebook.com/posts/1", title: "New in the shop" }),
      attach({ type: "ig_post", url: "https://www.instagram.com/p/1", title: "New in the shop" }),
      attach({
        type: "appointment_booking",
        payload: {
          booking_id: "B1",
          status: "requested",
          start_time: 1795600800,
          end_time: 1795604400,
          timezone: "Asia/Taipei",
        },
      }),
      attach({
        type: "template",
        payload: {
          product: {
            elements: [{ id: "P1", retailer_id: "rain-01", image_url: url, title: "Rain jacket", subtitle: "€ 149" }],
          },
        },
      }),
      attach({ type: "fallback", url: "https://youtu.be/x", title: "How to wash it" }),
      person("/messages", { unsupported: true }),
      idle,
    ],
  },
  {
    id: "R5-edits-and-reactions",
    row: "R5",
    title: { en: "Edits, reactions, quoted answers", zh: "編輯、表情、引用回覆" },
    about: {
      en: "A message edited twice, an answer with a reaction put and taken back, a reply to it.",
      zh: "一則訊息編輯兩次，一則回覆被按表情又收回，再引用回覆。",
    },
    look: {
      en: "Last text with its history, no reaction left, the quote.",
      zh: "最後的文字與歷程、沒有殘留表情、引用。",
    },
    steps: [
      write("I wood like two."),
      person("/edits", { mid: "{$.message.mid}", text: "I would like two." }),
      person("/edits", { mid: "{$.message.mid}", text: "I would like three." }),
      page("/inbox-reply", { customerId: "{customer}", text: "Three it is." }, "reply"),
      person("/reactions", { mid: "{$.reply.mid}", emoji: "❤️" }),
      person("/reactions", { mid: "{$.reply.mid}", emoji: null }),
      write("By Friday?", { replyTo: "{$.reply.mid}" }),
      idle,
    ],
  },
  {
    id: "R5-buttons-and-links",
    row: "R5",
    title: { en: "Buttons, links, ads", zh: "按鈕、連結、廣告" },
    about: {
      en: "Get started, an m.me link, a quick reply and an ad click with text.",
      zh: "開始使用、m.me 連結、快速回覆、點廣告並寫訊息。",
    },
    look: { en: "Where the customer came from is on the thread.", zh: "對話上看得到顧客從哪裡來。" },
    steps: [
      person("/postbacks", { title: "Get Started", payload: "GET_STARTED" }),
      person("/referrals", { ref: "AUTUMN", source: "SHORTLINK", type: "OPEN_THREAD" }),
      write("Red", { quickReplyPayload: "COLOR_RED" }),
      person("/ad-click", { adTitle: "Rain jackets, from June", write: "Is this still on?" }, "ad"),
      idle,
    ],
  },
  {
    id: "R5-rare-events",
    row: "R5",
    title: { en: "The rare events", zh: "少見的事件" },
    about: {
      en: "Opt-in, account linking, feedback, customer information, an order, feedback on an answer, a lead form, a label.",
      zh: "訂閱同意、帳號連結、滿意度、顧客資料、訂單、回覆評價、潛在客戶表單、標籤。",
    },
    look: { en: "Each is on the thread or the contact with its content.", zh: "各自連同內容顯示在對話或聯絡人上。" },
    steps: [
      write("Here are my details."),
      person("/optin", { type: "notification_messages", payload: "NEWS", title: "News", ref: "FOOTER" }),
      person("/account-linking", { status: "linked", code: "CODE-1" }),
      person("/feedback", {
        screens: [{ screen_id: 0, questions: { csat: { type: "csat", payload: "5" } } }],
      }),
      person("/customer-information", {
        screens: [{ screen_id: "Address", responses: [{ key: "country", value: "TW" }] }],
      }),
      person("/order", {
        products: [
          { id: 1, retailer_id: "rain-01", name: "Rain jacket", unit_price: 149, currency: "EUR", quantity: 1 },
        ],
        note: "Gift wrap, please",
      }),
      page("/inbox-reply", { customerId: "{customer}", text: "Thank you." }, "reply"),
      person("/response-feedback", { mid: "{$.reply.mid}", feedback: "Good response" }),
      person("/lead-form", { formId: "1234567890" }),
      page("/labels", { customerId: "{customer}", label: "VIP", action: "add" }),
      idle,
    ],
  },
  {
    id: "R5-comments",
    row: "R5",
    title: { en: "Comments under a post", zh: "貼文下的留言" },
    about: { en: "A comment, an edit of it, another, which is removed.", zh: "一則留言、其編輯、另一則被移除。" },
    look: {
      en: "Kept as comments of the Page; no conversation opens by itself.",
      zh: "保留為粉專留言，不會自動開啟對話。",
    },
    steps: [
      page("/comments", { customerId: "{customer}", text: "How much is it?" }, "first"),
      page("/comments", {
        customerId: "{customer}",
        text: "How much is the blue one?",
        verb: "edited",
        commentId: "{$.first.commentId}",
      }),
      page("/comments", { customerId: "{customer}", text: "Never mind." }, "second"),
      page("/comments", {
        customerId: "{customer}",
        text: "Never mind.",
        verb: "remove",
        commentId: "{$.second.commentId}",
      }),
      idle,
    ],
  },
];
