import { faults } from "./fault.ts";

const ERR = "developers.facebook.com/documentation/business-messaging/messenger-platform/error-codes (2026-06-25)";
const ASSET = "Messenger Platform, saving assets (2026-04-22)";

/** Faults of files: found before the upload, or told by Meta afterwards. */
export const ATTACHMENT_FAULTS = faults({
  attachment_damaged: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "S7",
    source: "Rule of the product: checked before upload (first cause of 100/2018047).",
    en: {
      title: "The file is damaged",
      explain:
        "It is empty, cut short, or its content is not what a file of this kind looks like. Meta would refuse it.",
      fix: "Open it on your computer to check, save or download it again, and attach the new copy.",
    },
    zhTW: {
      title: "檔案已損毀",
      explain: "檔案是空的、不完整，或內容不符合該類檔案應有的格式，Meta 會拒收。",
      fix: "請先在電腦上確認能否開啟，重新儲存或下載後再附加一次。",
    },
  },
  attachment_unsupported: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "S7",
    source: `546 and the kinds per platform: ${ASSET}; Instagram send-message page (2026-06-24).`,
    en: {
      title: "This kind of file cannot be sent here",
      explain:
        "Messenger takes pictures, sound, film and most files. Instagram takes JPEG, PNG and GIF pictures, AAC, M4A and WAV sound, MP4, MOV, WebM, Ogg and AVI film, and PDF, nothing else.",
      fix: "Send it in another format: a picture as JPEG, sound as M4A, a film as MP4, a document as PDF.",
    },
    zhTW: {
      title: "此管道不支援這種檔案",
      explain:
        "Messenger 可傳圖片、音訊、影片與多數檔案；Instagram 只能傳 JPEG、PNG、GIF 圖片，AAC、M4A、WAV 音訊，MP4、MOV、WebM、Ogg、AVI 影片，以及 PDF。",
      fix: "請轉成其他格式：圖片存成 JPEG、音訊存成 M4A、影片存成 MP4、文件存成 PDF。",
    },
  },
  attachment_banned: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "S7",
    source:
      "Rule of the product: checked before upload (546, whose list Meta does not publish; a page of HTML is known to meet it).",
    en: {
      title: "Programs, scripts and web pages cannot be sent",
      explain: "The file would run on the customer's device when opened. Meta does not let such files through.",
      fix: "Send what it shows as a picture or PDF, or a link to where it can be had.",
    },
    zhTW: {
      title: "程式、指令碼與網頁檔無法傳送",
      explain: "這種檔案開啟後會在客戶的裝置上執行，Meta 不允許傳送。",
      fix: "請改傳圖片或 PDF，或傳送可取得該檔案的連結。",
    },
  },
  attachment_unreadable: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: false,
    row: "S7",
    source: "Rule of the product: files are opened in a process of their own, with limits of time and memory.",
    en: {
      title: "The file could not be read",
      explain:
        "Opening it to check it took too long, too much memory, or stopped the reader. Usually the file is damaged or was made to do harm.",
      fix: "Save it again in a common format such as JPEG, MP4 or PDF, and attach the new copy.",
    },
    zhTW: {
      title: "無法讀取此檔案",
      explain: "檢查時開啟檔案耗時過久、占用過多記憶體，或導致讀取程式中止。通常是檔案損毀，或被刻意製作來造成傷害。",
      fix: "請另存為常見格式（如 JPEG、MP4、PDF）後重新附加。",
    },
  },
  attachment_too_many_pixels: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "S7",
    source: "Rule of the product: pictures are decoded whole before upload, up to a number of pixels.",
    en: {
      title: "The picture has too many pixels",
      explain: "It is larger than 120 million pixels, more than phones show or Meta keeps. It was not opened.",
      fix: "Make it smaller, for example 4,000 pixels on the longer side, and attach it again.",
    },
    zhTW: {
      title: "圖片像素過大",
      explain: "圖片超過 1.2 億像素，已超出手機可顯示與 Meta 會保留的大小，因此未開啟。",
      fix: "請縮小圖片，例如長邊 4,000 像素，再重新附加。",
    },
  },
  attachment_name_mismatch: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "S7",
    source: "Rule of the product: the type is read from the content (third cause of 100/2018047).",
    en: {
      title: "The file's name does not match its content",
      explain:
        "The ending of the name says one kind, the content is another, for example a PNG picture named “.jpg”. Meta refuses such files.",
      fix: "Rename it to its true kind; the name is corrected for you where that is enough.",
    },
    zhTW: {
      title: "副檔名與檔案內容不符",
      explain: "檔名的副檔名與實際內容不同，例如 PNG 圖片卻命名為 .jpg，Meta 會拒收這類檔案。",
      fix: "請改成正確的副檔名；若改名即可解決，系統會自動修正。",
    },
  },
  attachment_too_large: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "S7",
    source: `100/2018109: ${ERR}. 25 MB; pictures on Instagram 8 MB: ${ASSET}, Instagram send-message page (2026-06-24).`,
    en: {
      title: "The file is too large",
      explain: "Meta takes up to 25 MB per file, and on Instagram up to 8 MB per picture.",
      fix: "Make it smaller, or put it online and send the link.",
    },
    zhTW: {
      title: "檔案太大",
      explain: "Meta 每個檔案上限為 25 MB，Instagram 的圖片上限為 8 MB。",
      fix: "請縮小檔案，或上傳到雲端後改傳連結。",
    },
  },
  attachment_not_found: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    source: "Rule of the product: an uploaded file belongs to one conversation and is sent once.",
    en: {
      title: "The attached file is gone",
      explain: "The upload has expired, was already sent, or belongs to another conversation.",
      fix: "Attach the file again.",
    },
    zhTW: { title: "找不到附加的檔案", explain: "上傳已過期、已經送出，或屬於另一個對話。", fix: "請重新附加檔案。" },
  },
  attachment_refused: {
    level: "message",
    owner: "agent",
    retry: "once",
    certain: false,
    row: "S7",
    source: `100/2018047 “Upload attachment failure”: ${ERR}, ${ASSET}.`,
    en: {
      title: "Meta refused the file",
      explain:
        "Usually the file is damaged, is of a kind Meta does not take, or its name does not match its content. Sometimes the fault is at Meta; that is why we tried twice.",
      fix: "Save the file again in a common format such as JPEG, MP4 or PDF and send the new copy.",
    },
    zhTW: {
      title: "Meta 拒收此檔案",
      explain: "通常是檔案損毀、格式不支援，或副檔名與內容不符；偶爾是 Meta 端的問題，因此系統已重試一次。",
      fix: "請另存為常見格式（如 JPEG、MP4、PDF）後重新傳送。",
    },
  },
  attachment_fetch_failed: {
    level: "message",
    owner: "operator",
    retry: "once",
    certain: true,
    row: "S7",
    source: `100/2018008: ${ERR}, ${ASSET}.`,
    en: {
      title: "Meta could not fetch the file",
      explain:
        "The address of the file did not answer Meta quickly and openly: it may need a login, redirect, be too slow or too large.",
      fix: "Attach the file itself instead of an address. If it stays, the operator checks that the address is public HTTPS.",
    },
    zhTW: {
      title: "Meta 無法下載檔案",
      explain: "檔案網址沒有對 Meta 快速且公開地回應，可能需要登入、會轉址、太慢或太大。",
      fix: "請直接附加檔案而非使用網址。若持續發生，請維運人員確認網址為公開的 HTTPS。",
    },
  },
  attachment_expired: {
    level: "message",
    owner: "agent",
    retry: "once",
    certain: true,
    row: "S7",
    source: `100/2018074, uploads live for 90 days and belong to one Page: ${ASSET}.`,
    en: {
      title: "Meta no longer has this file",
      explain:
        "Meta keeps an uploaded file for 90 days and only for the Page that uploaded it. It was uploaded anew, and Meta did not know it again.",
      fix: "Attach the file again and send.",
    },
    zhTW: {
      title: "Meta 已沒有這個檔案",
      explain: "Meta 只保留上傳的檔案 90 天，且只有上傳的粉絲專頁可以使用。系統已重新上傳一次，Meta 仍不認得。",
      fix: "請重新附加檔案再傳送。",
    },
  },
  attachment_not_taken: {
    level: "message",
    owner: "meta",
    retry: "backoff",
    certain: true,
    row: "S7",
    source: `No answer, -2 or an answer nobody can read to an upload: a rule of the product, as an upload reaches no customer (${ASSET}).`,
    en: {
      title: "Meta did not take the file",
      explain:
        "The file is handed to Meta before the message is sent, and Meta did not confirm it in several tries. Nothing has been sent.",
      fix: "Send it again in a few minutes; a smaller file helps.",
    },
    zhTW: {
      title: "Meta 未收下檔案",
      explain: "訊息送出前會先將檔案交給 Meta，但多次嘗試後 Meta 仍未確認收到。尚未傳送任何內容給客戶。",
      fix: "請過幾分鐘再傳一次，較小的檔案較容易成功。",
    },
  },
  video_refused: {
    level: "message",
    owner: "agent",
    retry: "once",
    certain: false,
    row: "S7",
    source: `100/2018294 (75 seconds): ${ERR}, ${ASSET}.`,
    en: {
      title: "Meta could not take the video",
      explain: "It took more than 75 seconds, or the video is damaged.",
      fix: "Send a shorter or smaller MP4, or a link to it.",
    },
    zhTW: {
      title: "Meta 無法處理這支影片",
      explain: "處理時間超過 75 秒，或影片已損毀。",
      fix: "請改傳較短或較小的 MP4，或改傳連結。",
    },
  },
  attachment_upload_timed_out: {
    level: "message",
    owner: "meta",
    retry: "unknown_outcome",
    certain: false,
    row: "S10",
    source:
      "-2 “Timed out while uploading message attachment”: only in the product's own help page; no page of Meta names it.",
    en: {
      title: "Meta did not confirm the file in time",
      explain:
        "The file may have reached the customer all the same. It is not sent again by itself, so that the customer does not get it twice.",
      fix: "Wait a moment: if the message went out, it is marked as sent. If not, send it again; a smaller file helps.",
    },
    zhTW: {
      title: "Meta 未在時間內確認檔案",
      explain: "檔案可能仍已送達客戶。為避免客戶收到兩次，系統不會自動重傳。",
      fix: "請稍候：若已送出，訊息會標示為已傳送；若沒有，請再傳一次，較小的檔案較容易成功。",
    },
  },
  images_one_by_one: {
    level: "message",
    owner: "agent",
    retry: "never",
    certain: true,
    row: "I1",
    source: "100/2534068 (Messenger Platform changelog, 2025-11-03).",
    en: {
      title: "Only one picture per message here",
      explain:
        "Meta has not yet opened several pictures in one message for this account. They are sent one by one by themselves.",
      fix: "If one of them failed all the same, send it again.",
    },
    zhTW: {
      title: "此帳號一次只能傳一張圖片",
      explain: "Meta 尚未替這個帳號開放一則訊息傳多張圖片，系統會自動逐張傳送。",
      fix: "若其中一張仍未送出，請再傳一次。",
    },
  },
});
