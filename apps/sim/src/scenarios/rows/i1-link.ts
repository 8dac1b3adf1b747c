import { linkInstagram, unlinkInstagram } from "../access-steps.ts";
import { idle, page, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const platform = { platform: "instagram" } as const;

/** The link between a Page and its Instagram account. */
export const i1Link: Scenario[] = [
  {
    id: "I1-account-unlinked",
    row: "I1",
    title: { en: "The Instagram account is unlinked from the Page", zh: "Instagram 帳號與粉專解除連結" },
    about: {
      en: "The Page has no Instagram account any more: sends and reads fail with 100/2534013, nothing is told. Undo links it again.",
      zh: "粉專不再有 Instagram 帳號：傳送與讀取以 100/2534013 失敗，也沒有事件。復原會重新連結。",
    },
    look: {
      en: "The Instagram channel says that the link is gone and how to make it again; the Page's own channel is well.",
      zh: "Instagram 頻道說明連結消失與恢復方式；粉專本身的頻道正常。",
    },
    person: platform,
    steps: [write("Hi from Instagram."), idle, unlinkInstagram],
    undo: [linkInstagram("{page}", { accountId: "{account}" })],
  },
  {
    id: "I1-account-switched",
    row: "I1",
    title: { en: "Another Instagram account in its place", zh: "改連結另一個 Instagram 帳號" },
    about: {
      en: "The Page is linked to a new account: another id, and nobody who wrote before is found (100/2534014).",
      zh: "粉專改連結新帳號：編號不同，先前來訊者皆找不到（100/2534014）。",
    },
    look: {
      en: "The old channel is not silently taken over by the new account: both are named, the old history stays.",
      zh: "新帳號不會悄悄接手舊頻道：兩者都列出，舊歷史保留。",
    },
    person: platform,
    steps: [write("Hi from Instagram."), idle, linkInstagram("{page}", { username: "blueharbour.new" })],
    undo: [linkInstagram("{page}", { accountId: "{account}" })],
  },
  {
    id: "I1-account-personal",
    row: "I1",
    title: { en: "Converted to a personal account", zh: "轉為個人帳號" },
    about: {
      en: "The account stays linked and no API reaches it: not listed on the Page, sends fail with 100/2534013, nothing is told.",
      zh: "帳號仍連結但 API 無法存取：粉專不列出，傳送以 100/2534013 失敗，也沒有事件。",
    },
    look: {
      en: "The check says that it has to be a professional account again.",
      zh: "檢查說明須改回專業帳號。",
    },
    person: platform,
    steps: [write("Hi from Instagram."), idle, page("/instagram/personal", { on: true })],
    undo: [page("/instagram/personal", { on: false })],
  },
  {
    id: "I1-two-factor-required",
    row: "I1",
    title: { en: "The link waits for two-factor", zh: "連結需要兩步驟驗證" },
    about: {
      en: "Meta cannot verify the connection between account, person and Page: 10/2534077 for sends and reads.",
      zh: "Meta 無法確認帳號、授權者與粉專的關係：傳送與讀取皆為 10/2534077。",
    },
    look: {
      en: "The channel says to switch two-factor on and to connect again.",
      zh: "頻道說明須開啟兩步驟驗證並重新連結。",
    },
    person: platform,
    steps: [write("Hi from Instagram."), idle, page("/instagram/two-factor-required", { on: true })],
    undo: [page("/instagram/two-factor-required", { on: false })],
  },
  {
    id: "I1-account-moved",
    row: "I1",
    title: { en: "The account moves to another Page", zh: "帳號移到另一個粉專" },
    about: {
      en: "The same Instagram account, with everybody who wrote to it, is linked to another Page of the business. Undo moves it back.",
      zh: "同一個 Instagram 帳號及其所有對話改連結到企業的另一個粉專。復原會移回。",
    },
    look: {
      en: "Reconnecting through the other Page joins the old history: same channel, same conversations.",
      zh: "透過另一個粉專重新連結會接續舊歷史：同一頻道、同一對話。",
    },
    person: platform,
    steps: [write("Hi from Instagram."), idle, linkInstagram("{otherPage}", { accountId: "{account}" })],
    undo: [linkInstagram("{page}", { accountId: "{account}" })],
  },
];
