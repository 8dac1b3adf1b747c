import { attach, idle, nextSend, noSendFault, write } from "../steps.ts";
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
];
