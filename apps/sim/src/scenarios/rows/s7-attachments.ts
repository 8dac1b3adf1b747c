import { attach, faults, idle, nextSend, noSendFault, page, write } from "../steps.ts";
import type { Scenario } from "../types.ts";

const ask = write("Could you send me a photo of the lining?");

export const s7: Scenario[] = [
  {
    id: "S7-good-file-refused-once",
    row: "S7",
    title: { en: "A good file, refused once", zh: "正常的檔案被拒一次" },
    about: {
      en: "The next send to this person fails with 100/2018047 Upload attachment failure; the one after succeeds.",
      zh: "下一次傳給此人以 100/2018047 上傳失敗；再下一次成功。",
    },
    look: {
      en: "Send a sound picture: it is retried once by itself and arrives.",
      zh: "傳一張正常的圖片：會自動重試一次並送達。",
    },
    steps: [nextSend({ code: 100, subcode: 2018047 }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S7-refused-every-time",
    row: "S7",
    title: { en: "A file refused every time", zh: "檔案每次都被拒" },
    about: { en: "Six sends in a row fail with 100/2018047.", zh: "連續六次以 100/2018047 失敗。" },
    look: {
      en: "After one retry the message is failed, with the three causes of the help page and which of them was ruled out.",
      zh: "重試一次後標示失敗，並列出說明頁的三種原因與已排除者。",
    },
    steps: [nextSend({ code: 100, subcode: 2018047, times: 6 }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S7-upload-cut",
    row: "S7",
    title: { en: "The upload breaks off", zh: "上傳中斷" },
    about: {
      en: "The connection of the next six uploads breaks before Meta has the file.",
      zh: "接下來六次上傳都在 Meta 收到檔案前斷線。",
    },
    look: {
      en: "Uploaded again after growing waits: an upload reaches no customer, so nothing is unknown. Then failed, with a resend.",
      zh: "在漸長的等待後重新上傳：上傳不會送到顧客，所以沒有不明的結果。最後失敗並可重送。",
    },
    steps: [faults({ nextGraph: [{ path: "message_attachments", cut: "before", times: 6 }] }), ask, idle],
    undo: [faults({ nextGraph: [] })],
  },
  {
    id: "S7-too-large-at-meta",
    row: "S7",
    title: { en: "Meta says the file is too large", zh: "Meta 說檔案太大" },
    about: { en: "The next send fails with 100/2018109.", zh: "下一次傳送以 100/2018109 失敗。" },
    look: {
      en: "Told apart from the other #100: size, not a broken file.",
      zh: "與其他 #100 分開說明：是大小，不是檔案損壞。",
    },
    steps: [nextSend({ code: 100, subcode: 2018109 }), ask, idle],
    undo: [noSendFault],
  },
  {
    id: "S7-customer-sends-files",
    row: "S7",
    title: { en: "The customer sends picture, voice and file", zh: "顧客傳來圖片、語音與檔案" },
    about: { en: "Three attachments and a text, one message each.", zh: "三個附件與一段文字，各一則訊息。" },
    look: {
      en: "Each is shown as what it is and kept: Meta's addresses expire. Answer with a HEIC or a mis-named file: it is repaired or refused before the upload.",
      zh: "各自正確顯示並保存（Meta 的網址會過期）。用 HEIC 或副檔名錯誤的檔案回覆：上傳前就會修復或拒絕。",
    },
    steps: [
      write("Here is what arrived:"),
      attach({ type: "image", url: "{sim}/_cdn/avatar/{customer}.png" }),
      attach({
        type: "audio",
        base64: "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=",
        name: "voice.wav",
      }),
      attach({ type: "file", base64: "JVBERi0xLjQKJSVFT0YK", name: "receipt.pdf" }),
      idle,
    ],
  },
  {
    id: "S7-uploads-expired",
    row: "S7",
    title: { en: "Uploaded files have expired", zh: "已上傳的檔案過期" },
    about: {
      en: "Everything this Page uploaded for reuse becomes 91 days old: its attachment_id answers 100/2018074.",
      zh: "此粉專為重複使用而上傳的檔案都變成 91 天前，attachment_id 回應 100/2018074。",
    },
    look: {
      en: "Send a picture that was sent before: it is uploaded again and arrives.",
      zh: "傳一張之前傳過的圖片：會重新上傳並送達。",
    },
    steps: [page("/uploads/all/age", { days: 91 }), ask, idle],
  },
  {
    id: "S7-several-images-off",
    row: "S7",
    title: { en: "Several images at once, not enabled on Instagram", zh: "Instagram 尚未開放一次多張圖片" },
    about: {
      en: "Until undone a message with more than one image fails with 100/2534068.",
      zh: "復原前，超過一張圖片的訊息以 100/2534068 失敗。",
    },
    look: { en: "Send three pictures: they are sent one by one.", zh: "傳三張圖片：會逐張送出。" },
    person: { platform: "instagram" },
    steps: [page("/several-images", { allowed: false }), ask, idle],
    undo: [page("/several-images", { allowed: true })],
  },
  {
    id: "S7-fetch-too-slow",
    row: "S7",
    title: { en: "Meta gives an address no time", zh: "Meta 幾乎不等網址回應" },
    about: {
      en: "Until undone an attachment sent by its address has one millisecond: 100/2018008. Bytes and uploads go through.",
      zh: "復原前以網址傳送的附件只有一毫秒：100/2018008。以位元組或預先上傳則正常。",
    },
    look: {
      en: "A picture arrives all the same: it is not sent by address.",
      zh: "圖片仍會送達：因為不是用網址傳送。",
    },
    steps: [faults({ fetchTimeoutMs: 1 }), ask, idle],
    undo: [faults({ fetchTimeoutMs: null })],
  },
];
