import { idle, write } from "../steps.ts";
import type { CallStep, Scenario } from "../types.ts";

const ALL = ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"];
const role = (tasks: string[]): CallStep => ({
  do: "POST",
  path: "/_sim/users/{user}/role",
  body: { pageId: "{page}", tasks },
});
const freshTokens: CallStep = { do: "POST", path: "/_sim/users/{user}/token", body: {}, as: "token" };

export const s5: Scenario[] = [
  {
    id: "S5-another-admin-reauthorises",
    row: "S5",
    title: { en: "The authoriser lost the Page; another admin is there", zh: "授權者失去粉專，另有管理員" },
    about: {
      en: "The person's role on the Page is taken away (190/492). The other people of the Page keep theirs.",
      zh: "授權者在粉專的角色被移除（190/492），其他人保留角色。",
    },
    look: {
      en: "The channel says whose access ended. Any other Page admin reauthorises; channel, history and routing stay, missed messages are fetched.",
      zh: "頻道說明誰的權限結束。任何其他管理員可重新授權；頻道、歷史與分派保留，漏掉的訊息補回。",
    },
    steps: [write("Do you have it in green?"), idle, role([])],
    undo: [role(ALL), freshTokens],
  },
  {
    id: "S5-tasks-missing",
    row: "S5",
    title: { en: "Reauthorised without the messaging task", zh: "重新授權時缺少訊息權限" },
    about: {
      en: "The person keeps the Page but loses MESSAGING and MANAGE.",
      zh: "此人仍在粉專，但失去 MESSAGING 與 MANAGE。",
    },
    look: {
      en: "Reauthorising as this person names the missing tasks instead of pretending to be connected.",
      zh: "以此人重新授權時會列出缺少的任務，不會假裝已連結。",
    },
    steps: [write("Hello?"), idle, role(["ANALYZE", "CREATE_CONTENT"])],
    undo: [role(ALL), freshTokens],
  },
];
