import { idle, page, person } from "../steps.ts";
import type { CallStep, Scenario } from "../types.ts";

const comment = (more: Record<string, unknown> = {}): CallStep =>
  page("/comments", { customerId: "{customer}", text: "How much is the blue one?", ...more }, "comment");
const never = { en: "Refused before it is tried, with the reason.", zh: "嘗試前就拒絕，並說明原因。" };

/** The one private reply to a comment or a visitor's post. */
export const s1Comments: Scenario[] = [
  {
    id: "S1-private-reply",
    row: "S1",
    title: { en: "A comment that can be answered once", zh: "可以私訊回覆一次的留言" },
    about: { en: "Someone new comments under a post.", zh: "新的人在貼文下留言。" },
    look: {
      en: "One private reply goes out; the thread says that nothing more can be written until the person answers.",
      zh: "可送出一則私訊回覆；對話說明在對方回覆前不能再傳。",
    },
    steps: [comment(), idle],
  },
  {
    id: "S1-private-reply-answered",
    row: "S1",
    title: { en: "The person answers the private reply", zh: "對方回覆了私訊" },
    about: {
      en: "A comment, a private reply by hand in Business Suite, then the person writes.",
      zh: "留言、在 Business Suite 手動私訊回覆，然後對方來訊。",
    },
    look: { en: "The window opens with the person's message.", zh: "對方來訊後時限開啟。" },
    steps: [
      comment(),
      page("/comments/{$.comment.commentId}/reply", { text: "We wrote you the price here." }, "reply"),
      idle,
      person("/messages", { text: "Thank you, I take two." }, "message"),
      idle,
    ],
  },
  {
    id: "S1-private-reply-taken",
    row: "S1",
    title: { en: "A colleague answered the comment by hand", zh: "同事已手動私訊回覆" },
    about: {
      en: "The one private reply was sent in Business Suite: 10900.",
      zh: "唯一的私訊回覆已在 Business Suite 送出：10900。",
    },
    look: { en: "Taken as done, not as a failure.", zh: "視為已完成，而不是失敗。" },
    steps: [
      comment(),
      page("/comments/{$.comment.commentId}/reply", { text: "We wrote you the price here." }, "reply"),
      idle,
    ],
  },
  {
    id: "S1-private-reply-too-late",
    row: "S1",
    title: { en: "A comment of eight days ago", zh: "八天前的留言" },
    about: { en: "Past the seven days: 10903.", zh: "超過七天：10903。" },
    look: never,
    steps: [comment({ hoursAgo: 192 }), idle],
  },
  {
    id: "S1-private-reply-blocked",
    row: "S1",
    title: { en: "A comment of someone who blocked the Page", zh: "封鎖粉專者的留言" },
    about: { en: "The private reply fails with 10903.", zh: "私訊回覆以 10903 失敗。" },
    look: { en: "Failed for good, with the reason.", zh: "永久失敗並說明原因。" },
    steps: [comment(), idle, person("/block")],
    undo: [person("/unblock")],
  },
  {
    id: "S1-private-reply-deleted",
    row: "S1",
    title: { en: "The comment is deleted before the answer", zh: "回覆前留言已刪除" },
    about: { en: "A private reply to it fails with 100/33.", zh: "對它的私訊回覆以 100/33 失敗。" },
    look: never,
    steps: [
      comment(),
      idle,
      { do: "POST", path: "/_sim/pages/{page}/comments", body: { verb: "remove", commentId: "{$.comment.commentId}" } },
      idle,
    ],
  },
  {
    id: "S1-private-reply-visitor-post",
    row: "S1",
    title: { en: "A visitor posts on the Page", zh: "訪客在粉專發文" },
    about: { en: "Answered privately by post_id.", zh: "以 post_id 私訊回覆。" },
    look: { en: "The same single private reply as for a comment.", zh: "與留言相同，只能私訊回覆一次。" },
    steps: [page("/visitor-posts", { customerId: "{customer}", text: "Lovely shop!" }, "post"), idle],
  },
  {
    id: "S1-private-reply-live",
    row: "S1",
    title: { en: "A comment under a broadcast that is over", zh: "直播結束後的留言" },
    about: {
      en: "Instagram Live: private replies are possible while it lasts only (10903 afterwards).",
      zh: "Instagram 直播：只有直播期間可私訊回覆（之後為 10903）。",
    },
    look: never,
    person: { platform: "instagram" },
    steps: [comment({ platform: "instagram", live: true }), idle, page("/comments/{$.comment.commentId}/live-end", {})],
  },
];
