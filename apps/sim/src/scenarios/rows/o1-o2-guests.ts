import { faults, idle, page, person, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

export const o1: Scenario[] = [
  {
    id: "O1-phone-number-account",
    row: "O1",
    title: { en: "An account made with a phone number", zh: "以電話號碼註冊的帳號" },
    about: { en: "Profile reading answers 100/2018218.", zh: "讀取個人檔案回覆 100/2018218。" },
    look: {
      en: "The message is there at once; name from the conversation's participants, reason shown.",
      zh: "訊息立即顯示；名字取自對話參與者，並說明原因。",
    },
    person: { kind: "phone_number" },
    steps: [write("Hi, I only have a phone number."), idle],
  },
  {
    id: "O1-ad-click-no-reply",
    row: "O1",
    title: { en: "Clicked an ad, has not written", zh: "點了廣告，還沒寫訊息" },
    about: {
      en: "A referral from the ad and no consent yet: the profile is empty.",
      zh: "有廣告來源但尚未同意：個人檔案是空的。",
    },
    look: {
      en: "Guest, not yet consented. Write from the phone: the name is read then.",
      zh: "顯示訪客、尚未同意。用手機寫訊息後就讀到名字。",
    },
    person: { kind: "ad_only" },
    steps: [person("/ad-click", { adTitle: "Rain jackets, from June", ref: "JUNE" }, "ad"), idle],
  },
  {
    id: "O1-ad-click-then-writes",
    row: "O1",
    title: { en: "Clicked an ad, then wrote", zh: "點了廣告後寫訊息" },
    about: { en: "The consent comes with the first message.", zh: "寫第一則訊息即為同意。" },
    look: { en: "The name replaces Guest; the ad stays on the thread.", zh: "名字取代訪客；廣告資訊仍在對話上。" },
    person: { kind: "ad_only" },
    steps: [
      person("/ad-click", { adTitle: "Rain jackets, from June" }, "ad"),
      idle,
      write("Is it really waterproof?"),
      idle,
    ],
  },
  {
    id: "O1-checkbox-opt-in",
    row: "O1",
    title: { en: "Ticked the checkbox plugin", zh: "勾選核取方塊外掛" },
    about: {
      en: "An opt-in without a sender (user_ref only); then the person writes and prior_message joins the two.",
      zh: "沒有寄件者的訂閱同意（只有 user_ref），之後此人寫訊息，prior_message 將兩者相連。",
    },
    look: {
      en: "First an opt-in without a person; with the message it is one contact, named.",
      zh: "先是沒有人的同意；寫訊息後合為同一位有名字的聯絡人。",
    },
    person: null,
    steps: [
      page("/checkbox", { ref: "CHECKOUT", name: "Carla Menzel" }, "box"),
      idle,
      page("/checkbox/{$.box.userRef}/messages", { text: "I ticked your box. When do I get my parcel?" }, "person"),
      idle,
    ],
  },
  {
    id: "O1-profile-access-missing",
    row: "O1",
    title: { en: "Our app may not read profiles", zh: "應用程式不能讀個人檔案" },
    about: {
      en: "The Page's profile access is off until undone: an empty answer or 2018247.",
      zh: "復原前關閉個人檔案存取：空回應或 2018247。",
    },
    look: {
      en: "Reason: permission missing, ours to mend, told to the admin.",
      zh: "原因：缺少權限，應由我們修復，並通知管理員。",
    },
    steps: [page("/profile-access", { allowed: false }), write("Hi there."), idle],
    undo: [page("/profile-access", { allowed: true })],
  },
  {
    id: "O1-two-of-a-name",
    row: "O1",
    title: { en: "Two people called Guest", zh: "兩個都叫訪客的人" },
    about: { en: "Two phone-number accounts of the same name write.", zh: "兩個同名的電話號碼帳號來訊。" },
    look: { en: "Two contacts, never merged by name.", zh: "兩位聯絡人，不因名字合併。" },
    person: { kind: "phone_number", name: "Guest" },
    steps: [
      page("/customers", { name: "Guest", kind: "phone_number" }, "other"),
      write("I am one."),
      {
        do: "POST",
        path: "/_sim/pages/{page}/customers/{$.other.id}/messages",
        body: { text: "I am another." },
      },
      idle,
    ],
  },
  {
    id: "O1-profile-comes-late",
    row: "O1",
    title: { en: "The profile fails twice, then works", zh: "個人檔案失敗兩次後成功" },
    about: { en: "Two Graph calls for this person fail with code 2.", zh: "兩次讀取此人以代碼 2 失敗。" },
    look: { en: "The message was not delayed; the name comes by itself.", zh: "訊息沒有延遲；名字自動補上。" },
    steps: [faults({ nextGraph: [{ path: "/{customer}", code: 2, times: 2 }] }), write("Good evening."), idle],
    undo: [faults({ nextGraph: [] })],
  },
  {
    id: "O1-instagram-commenter",
    row: "O1",
    title: { en: "An Instagram commenter who never wrote", zh: "只留言的 Instagram 用戶" },
    about: {
      en: "A comment only: the profile answers 230, consent required.",
      zh: "只有留言：個人檔案回覆 230，需要同意。",
    },
    look: { en: "The user name of the comment; reason not yet consented.", zh: "顯示留言的用戶名稱；原因是尚未同意。" },
    person: { platform: "instagram" },
    steps: [page("/comments", { platform: "instagram", customerId: "{customer}", text: "Price?" }, "comment"), idle],
  },
];

export const o2: Scenario[] = [
  {
    id: "O2-guest-chat",
    row: "O2",
    title: { en: "A guest of the chat plugin", zh: "聊天外掛的訪客" },
    about: {
      en: "Guest plus a number, announced by is_guest_user. Meta ended guest mode on 2024-05-09; old threads remain.",
      zh: "訪客加數字，以 is_guest_user 標示。Meta 於 2024-05-09 結束訪客模式，舊對話仍在。",
    },
    look: { en: "Badge and time limit (24 h); no profile is asked for.", zh: "徽章與 24 小時時限；不讀個人檔案。" },
    person: null,
    steps: [
      page("/guests", {}, "guest"),
      {
        do: "POST",
        path: "/_sim/pages/{page}/customers/{$.guest.id}/messages",
        body: { text: "Hi, I am just looking." },
        as: "message",
      },
      idle,
    ],
  },
  {
    id: "O2-guest-ends-chat",
    row: "O2",
    title: { en: "The guest ends the chat", zh: "訪客結束聊天" },
    about: {
      en: "End Chat without an event: a reply fails 100/2018001.",
      zh: "結束聊天但沒有事件：回覆以 100/2018001 失敗。",
    },
    look: { en: "The refusal closes the thread for good, with the reason.", zh: "被拒後永久關閉對話並說明原因。" },
    person: { kind: "guest", name: "Guest 7315" },
    steps: [write("Never mind, bye."), idle, person("/end-chat")],
  },
  {
    id: "O2-guest-ends-chat-told",
    row: "O2",
    title: { en: "The guest ends the chat and an event says so", zh: "訪客結束聊天且有事件" },
    about: {
      en: "The same with a termination event. Meta's shape is not known; ours is documented.",
      zh: "同上並有結束事件。Meta 的格式不明，使用我們記載的格式。",
    },
    look: { en: "Closed at once, composer off with the reason.", zh: "立即關閉，輸入框停用並說明原因。" },
    person: { kind: "guest", name: "Guest 8842" },
    steps: [write("Thanks, that is all."), idle, person("/end-chat", { event: true }), idle],
  },
  {
    id: "O2-guest-after-a-day",
    row: "O2",
    title: { en: "A guest chat a day later", zh: "一天後的訪客聊天" },
    about: {
      en: "The chat began 25 hours ago; the guest does not exist any more.",
      zh: "聊天開始於 25 小時前，訪客已不存在。",
    },
    look: { en: "Closed by the clock; nothing is sent.", zh: "時間到即關閉，不會傳送。" },
    person: { kind: "guest", name: "Guest 2290" },
    steps: [write("Is anyone there?", { at: "{hoursAgo:25}" }), idle],
  },
];
