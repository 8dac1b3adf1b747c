import type { Cause, Judgement } from "./cause.ts";
import { timeText } from "./words.ts";

const LONG_PAUSE_MS = 60 * 60_000;
/** Repeats that are more than chance: Meta repeats what is answered late. */
const MANY_REPEATS = 5;
const REPEATED_SHARE = 0.05;

/** Reasons on our side, and on Meta's as a whole. */
export const OUR_CAUSES: readonly Cause[] = [
  {
    code: "not_worked_off",
    owner: "operator",
    title: { en: "It arrived and waits to be worked off", zhTW: "已收到，等待處理" },
    judge: ({ traffic: { waiting }, deliveries }) => {
      if (deliveries.some((d) => d.state === "pending")) return { status: "found", is: "waits", values: { waiting } };
      return waiting > 0
        ? { status: "possible", is: "waits", values: { waiting } }
        : { status: "ruled_out", is: "none" };
    },
    evidence: {
      waits: { en: "Deliveries waiting: {waiting}.", zhTW: "有 {waiting} 筆 Webhook 紀錄等待處理。" },
      none: { en: "Nothing waits.", zhTW: "沒有等待處理的 Webhook 紀錄。" },
    },
    fix: {
      en: "The operator looks whether a process with the role worker runs, and what its log says.",
      zhTW: "請維運人員確認具 worker 角色的程序是否執行，並查看其紀錄。",
    },
  },
  {
    code: "own_reading",
    owner: "operator",
    title: { en: "It arrived and this inbox could not read it", zhTW: "已收到，但本系統無法解讀" },
    judge: ({ deliveries, traffic: { strays, keptSince }, from }): Judgement => {
      const ours = deliveries.filter((d) => d.state === "failed" || d.unreadable > 0).length;
      if (ours > 0) return { status: "found", is: "ours", values: { count: ours } };
      if (strays > 0) return { status: "possible", is: "strays", values: { count: strays } };
      if (keptSince > from) return { status: "unknown", is: "removed", values: { time: timeText(keptSince) } };
      return { status: "ruled_out", is: "none" };
    },
    evidence: {
      ours: {
        en: "{count} deliveries of this customer failed or were not understood.",
        zhTW: "此客戶有 {count} 筆 Webhook 紀錄處理失敗或無法解讀。",
      },
      strays: {
        en: "{count} deliveries of that time failed or were not understood; they do not name this customer.",
        zhTW: "當時有 {count} 筆 Webhook 紀錄處理失敗或無法解讀，但未指明此客戶。",
      },
      removed: {
        en: "Raw deliveries before {time} are removed already.",
        zhTW: "{time} 之前的原始 Webhook 紀錄已刪除。",
      },
      none: { en: "Every delivery of that time was understood.", zhTW: "當時的 Webhook 紀錄皆已解讀。" },
    },
    fix: {
      en: "Open Deliveries, look at the failed ones and replay them; after an update also those that were not understood.",
      zhTW: "請開啟「Webhook 紀錄」，查看失敗的項目並重新處理；更新系統後，也可重新處理無法解讀的項目。",
    },
  },
  {
    code: "own_outage",
    owner: "operator",
    title: { en: "This server could not receive", zhTW: "本伺服器當時無法接收" },
    judge: ({ traffic: { outages, pause, received } }) => {
      const at = outages[0];
      if (at !== undefined) return { status: "found", is: "outage", values: { time: timeText(at) } };
      const values = {
        minutes: Math.round((pause?.ms ?? 0) / 60_000),
        time: pause ? timeText(pause.from) : "",
        count: received,
      };
      if (pause && pause.ms >= LONG_PAUSE_MS) return { status: "possible", is: "pause", values };
      return { status: "ruled_out", is: "steady", values };
    },
    evidence: {
      outage: {
        en: "On {time} it was noticed that nothing could be received for a while.",
        zhTW: "{time} 發現有一段時間無法接收。",
      },
      pause: {
        en: "Nothing at all arrived for {minutes} minutes from {time}. That may be quiet or an outage.",
        zhTW: "自 {time} 起有 {minutes} 分鐘完全沒有收到任何傳送，可能只是沒有訊息，也可能是中斷。",
      },
      steady: {
        en: "Events of this channel in those hours: {count}; the longest pause of all channels: {minutes} minutes.",
        zhTW: "那幾個小時此管道收到 {count} 個事件；所有管道最長的間隔為 {minutes} 分鐘。",
      },
    },
    fix: {
      en: "The operator looks at the metrics of refused deliveries and the log of that time. What Meta did not repeat is read back by itself.",
      zhTW: "請維運人員查看被拒傳送的指標與當時的紀錄。Meta 未重送的訊息會自動補回。",
    },
  },
  {
    code: "slow_answers",
    owner: "operator",
    title: { en: "Webhooks were answered too slowly", zhTW: "Webhook 回應過慢" },
    judge: ({ traffic: { received, duplicate } }) => {
      const values = { received, duplicate };
      const many = duplicate >= MANY_REPEATS && duplicate > received * REPEATED_SHARE;
      return many ? { status: "possible", is: "repeats", values } : { status: "ruled_out", is: "few", values };
    },
    evidence: {
      repeats: {
        en: "{duplicate} of {received} events of those hours were repeats: Meta repeats what is not answered within 5 seconds.",
        zhTW: "那幾個小時的 {received} 個事件中有 {duplicate} 個重複，未在 5 秒內回應時 Meta 會重送。",
      },
      few: {
        en: "{duplicate} of {received} events of those hours were repeats.",
        zhTW: "那幾個小時的 {received} 個事件中有 {duplicate} 個重複。",
      },
    },
    fix: {
      en: "The operator looks at the proxy and the database: answers belong under 5 seconds, else Meta drops the subscription after an hour.",
      zhTW: "請維運人員檢查代理伺服器與資料庫：回應須在 5 秒內，否則一小時後 Meta 會取消訂閱。",
    },
  },
  {
    code: "meta_incident",
    owner: "meta",
    title: { en: "Meta lost the event", zhTW: "Meta 遺失了事件" },
    judge: (f) => {
      const values = { recovered: f.traffic.recovered };
      if (f.messages.some((m) => m.recovered)) return { status: "found", is: "lost", values };
      return f.traffic.recovered > 0
        ? { status: "possible", is: "others", values }
        : { status: "unknown", is: "untold", values };
    },
    evidence: {
      lost: {
        en: "Meta's own record has the message, but Meta did not deliver it. Lost on this channel in those hours: {recovered}.",
        zhTW: "Meta 自己的紀錄有這則訊息，但並未送達。那幾個小時此管道共遺失 {recovered} 則。",
      },
      others: {
        en: "Meta lost {recovered} other messages of this channel in those hours.",
        zhTW: "那幾個小時 Meta 遺失了此管道的其他 {recovered} 則訊息。",
      },
      untold: { en: "Meta tells of no single loss.", zhTW: "Meta 不會告知個別遺失。" },
    },
    fix: {
      en: "Look at metastatus.com for that time. For a report to Meta, use the export of this trace.",
      zhTW: "請到 metastatus.com 查看當時狀態。若要回報 Meta，請使用此追蹤的匯出檔。",
    },
  },
];
