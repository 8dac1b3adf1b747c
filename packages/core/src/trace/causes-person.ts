import { type Cause, recordIsComplete } from "./cause.ts";
import { timeText } from "./words.ts";

/** Requests idle for longer are not in the Conversations API ("Conversations", read 2026-11). */
const REQUESTS_MS = 30 * 24 * 3_600_000;

/** Reasons on the customer's side. */
export const PERSON_CAUSES: readonly Cause[] = [
  {
    code: "customer_blocked",
    owner: "customer",
    title: {
      en: "The customer has blocked the Page, or the Page the customer",
      zhTW: "客戶封鎖了粉絲專頁，或被粉絲專頁封鎖",
    },
    judge: ({ person, from, refusals }) => {
      if (person.cannotReceiveSince !== null)
        return { status: "possible", is: "refused", values: { time: timeText(person.cannotReceiveSince) } };
      if (refusals.includes("contact_cannot_receive")) return { status: "possible", is: "refused_then" };
      if (person.reachedAt !== null && person.reachedAt >= from)
        return { status: "ruled_out", is: "reached", values: { time: timeText(person.reachedAt) } };
      return { status: "unknown", is: "untold" };
    },
    evidence: {
      refused: {
        en: "Since {time} Meta refuses to bring replies to this person.",
        zhTW: "自 {time} 起，Meta 拒絕將回覆送給此人。",
      },
      refused_then: { en: "Meta refused to bring a reply to this person.", zhTW: "Meta 曾拒絕將回覆送給此人。" },
      reached: { en: "A reply reached this person on {time}.", zhTW: "{time} 的回覆已送達此人。" },
      untold: {
        en: "Meta tells it only when a reply is sent; none was.",
        zhTW: "只有在傳送回覆時 Meta 才會告知，期間沒有傳送。",
      },
    },
    fix: {
      en: "Ask the customer another way whether messages to the Page still leave the phone.",
      zhTW: "請以其他方式向客戶確認訊息是否確實送出。",
    },
  },
  {
    code: "requests_folder",
    owner: "agent",
    title: { en: "It lies in the requests folder for more than 30 days", zhTW: "訊息在「訊息要求」匣中超過 30 天" },
    judge: (f) => {
      if (f.comparison?.found) return { status: "ruled_out", is: "listed" };
      if (f.now - f.from <= REQUESTS_MS)
        return recordIsComplete(f) ? { status: "ruled_out", is: "recent" } : { status: "unknown", is: "unread" };
      return { status: "possible", is: "old" };
    },
    evidence: {
      listed: { en: "Meta's record has a conversation with this customer.", zhTW: "Meta 的紀錄中有與此客戶的對話。" },
      recent: { en: "The traced time is younger than 30 days.", zhTW: "查詢的時間未超過 30 天。" },
      old: {
        en: "The traced time is older than 30 days: Meta's record leaves such requests out.",
        zhTW: "查詢的時間已超過 30 天，Meta 的紀錄不包含這類訊息要求。",
      },
      unread: { en: "Meta's record could not be read.", zhTW: "無法讀取 Meta 的紀錄。" },
    },
    fix: {
      en: "Look into the requests folder (Message requests, Spam) in Meta Business Suite.",
      zhTW: "請到 Meta Business Suite 查看「訊息要求」與「垃圾訊息」匣。",
    },
  },
  {
    code: "page_to_page",
    owner: "nobody",
    platform: "messenger",
    title: { en: "It was written by another Page, not by a person", zhTW: "訊息由另一個粉絲專頁傳送，而非個人" },
    judge: ({ person }) => {
      if (person.isPage) return { status: "found", is: "page" };
      return person.known ? { status: "ruled_out", is: "person" } : { status: "possible", is: "stranger" };
    },
    evidence: {
      page: { en: "The id is that of a connected Page.", zhTW: "此識別碼屬於已連結的粉絲專頁。" },
      person: { en: "This customer was heard before.", zhTW: "先前曾收到此客戶的訊息。" },
      stranger: { en: "Nothing of this id was ever received.", zhTW: "從未收到此識別碼的任何訊息。" },
    },
    fix: {
      en: "Meta sends no event for messages between Pages. Look at them in Meta Business Suite.",
      zhTW: "粉絲專頁之間的訊息，Meta 不會傳送事件。請到 Meta Business Suite 查看。",
    },
  },
  {
    code: "kind_without_event",
    owner: "meta",
    title: { en: "A kind of content Meta hands to no app", zhTW: "Meta 不提供給應用程式的內容類型" },
    judge: (f) => {
      if (f.messages.some((m) => m.direction === "inbound" && (m.kind === "unsupported" || m.incomplete)))
        return { status: "found", is: "placeholder" };
      if (f.platform === "instagram") return { status: "possible", is: "instagram" };
      return recordIsComplete(f) ? { status: "ruled_out", is: "record" } : { status: "unknown", is: "untold" };
    },
    evidence: {
      placeholder: {
        en: "Such a message came in the traced time and is shown as a placeholder.",
        zhTW: "期間收到這類訊息，並以佔位方式顯示。",
      },
      instagram: {
        en: "Instagram sends no event for some GIFs, stickers and disappearing media.",
        zhTW: "Instagram 對部分 GIF、貼圖與限時媒體不會傳送事件。",
      },
      record: { en: "Meta's record holds no such message either.", zhTW: "Meta 的紀錄中也沒有這類訊息。" },
      untold: { en: "Meta's record could not be read.", zhTW: "無法讀取 Meta 的紀錄。" },
    },
    fix: {
      en: "Look at the message in Meta Business Suite or the Instagram app, or ask the customer to send it as text or a photo.",
      zhTW: "請到 Meta Business Suite 或 Instagram App 查看，或請客戶改以文字或照片傳送。",
    },
  },
];
