import { idle, page, write } from "../steps.ts";
import type { CallStep, Scenario } from "../types.ts";

const ALL = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"];
const role = (tasks: string[]): CallStep => ({
  do: "POST",
  path: "/_sim/users/{user}/role",
  body: { pageId: "{page}", tasks },
});
const user = (path: string): CallStep => ({ do: "POST", path: `/_sim/users/{user}${path}`, body: {} });

export const o3: Scenario[] = [
  {
    id: "O3-authoriser-leaves",
    row: "O3",
    title: { en: "The authorising person leaves", zh: "授權者離職" },
    about: {
      en: "Their role on the Page ends and their password changes. Option userId picks the person.",
      zh: "其粉專角色結束且密碼更改。可用 userId 指定人員。",
    },
    look: {
      en: "With a second authoriser stored: no outage, a note who took over. Without: needs reauthorisation, by whom it may be done.",
      zh: "若存有第二授權者：不中斷，註明接手者。沒有則需要重新授權，並說明誰可以。",
    },
    steps: [write("Hello!"), idle, role([]), user("/password")],
    undo: [role(ALL), user("/token")],
  },
];

export const o5: Scenario[] = [
  {
    id: "O5-removed-at-facebook",
    row: "O5",
    title: { en: "The app is removed from the Page at Facebook", zh: "在 Facebook 移除應用程式" },
    about: {
      en: "The subscription of the Page is gone and the token still works, as seen after some removals. A removal that ends the access too is O5-removed-on-page.",
      zh: "粉專的訂閱消失而權杖仍可用，如某些移除後所見。連同存取權一起結束的移除見 O5-removed-on-page。",
    },
    look: {
      en: "Detected and told; history stays readable; reconnecting joins it.",
      zh: "偵測並告知；歷史仍可讀；重新連結後接續。",
    },
    steps: [
      write("Before the removal."),
      idle,
      page("/drop-subscription", { alert: false }),
      write("After the removal."),
    ],
  },
  {
    id: "O5-page-unlinked-and-back",
    row: "O5",
    title: { en: "Removed, and a message in between", zh: "移除期間有訊息" },
    about: {
      en: "The subscription is dropped and the person's role taken away; a customer writes meanwhile; the role comes back with undo.",
      zh: "訂閱被取消、角色被移除，期間顧客來訊；復原後角色恢復。",
    },
    look: {
      en: "Disconnected with the reason. After Undo reauthorise: same channel, the message in between recovered.",
      zh: "顯示中斷與原因。復原後重新授權：同一頻道，期間的訊息補回。",
    },
    steps: [page("/drop-subscription"), role([]), write("Is somebody reading this?")],
    undo: [role(ALL), user("/token")],
  },
];
