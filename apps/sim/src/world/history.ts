import { hum, pdf } from "./files.ts";
import { jacket, parcel, teapot } from "./pictures.ts";

/**
 * The conversations of the sample world. Every step is `[minutes ago, who, what]`: `c` the customer, `p` a person answering
 * in Page inbox, `r` the customer has read until then, `h` the customer reacts to the last answer.
 */
export type Step = [minutesAgo: number, who: "c" | "p" | "r" | "h", what?: string | Medium];

export interface Medium {
  type: "image" | "audio" | "file" | "sticker";
  name: string;
  contentType: string;
  make: () => Buffer;
}

const image = (name: string, make: () => Buffer): Medium => ({ type: "image", name, contentType: "image/png", make });
const HOUR = 60;
const DAY = 24 * HOUR;

const BLUE_JACKET = image("jacket-blue.png", () => jacket());
const MOSS_JACKET = image("jacket-moss.png", () => jacket([84, 104, 62]));
const RUST_JACKET = image("jacket-rust.png", () => jacket([168, 84, 44]));
const PARCEL = image("parcel.png", parcel);
const TEAPOT = image("teapot.png", teapot);
const VOICE: Medium = { type: "audio", name: "voice.wav", contentType: "audio/wav", make: () => hum() };
const INVOICE: Medium = {
  type: "file",
  name: "invoice-2231.pdf",
  contentType: "application/pdf",
  make: () =>
    pdf([
      "Blue Harbour - Invoice 2231",
      "1 x Rain jacket Harbour, navy, M    EUR 129.00",
      "Shipping to Hamburg    EUR 9.90",
      "Total    EUR 138.90",
    ]),
};
const THUMB: Medium = { type: "sticker", name: "thumb.png", contentType: "image/png", make: () => Buffer.alloc(0) };

export const HISTORY: Record<string, Step[]> = {
  // Open, waiting for an answer.
  "7400000000000001": [
    [3 * DAY + 130, "c", "Hi! Do you still make the navy rain jacket from last autumn?"],
    [3 * DAY + 121, "p", "Hello Ann, yes! It came back this month with a better zip."],
    [3 * DAY + 120, "p", BLUE_JACKET],
    [3 * DAY + 90, "r"],
    [3 * DAY + 88, "c", "Oh nice. I will think about it."],
    [44, "c", "Hi again 😊 Is the blue one available in M?"],
    [41, "c", "It is for my sister's birthday on Friday, so pick-up in the Xinyi store would be best."],
    [18, "c", "Is the blue one in stock? 有貨嗎"],
  ],
  // Ends in an hour and a half.
  "7400000000000002": [
    [2 * DAY + 300, "c", "Good morning, I ordered a jacket (order 2231) and need an invoice for my company."],
    [2 * DAY + 280, "p", "Good morning Jonas, of course. Which company name should be on it?"],
    [2 * DAY + 270, "r"],
    [2 * DAY + 262, "c", "Kern Ingenieurbüro GmbH, Hamburg"],
    [2 * DAY + 200, "p", INVOICE],
    [2 * DAY + 199, "p", "Here it is. Have a good day!"],
    [2 * DAY + 150, "r"],
    [22 * HOUR + 34, "c", "Thank you. One more thing: the VAT number is missing on it, could you add DE811234567?"],
    [22 * HOUR + 31, "c", "My bookkeeping closes tonight, sorry for the hurry."],
  ],
  // Long, with pictures, in Traditional Chinese.
  "7400000000000003": [
    [4 * DAY + 400, "c", "你好，我上週買的外套尺寸好像太大了，可以換小一號嗎？"],
    [4 * DAY + 391, "p", "怡君您好！可以的，請問訂單編號是多少呢？"],
    [4 * DAY + 380, "r"],
    [4 * DAY + 378, "c", "2198，墨綠色 L"],
    [4 * DAY + 376, "c", MOSS_JACKET],
    [4 * DAY + 360, "p", "收到，墨綠色 M 目前還有兩件。您想寄回換貨，還是到信義門市更換？"],
    [4 * DAY + 340, "r"],
    [4 * DAY + 338, "c", "門市好了，這週末會過去"],
    [4 * DAY + 330, "p", "沒問題，已經幫您保留到星期日晚上九點 🙌"],
    [4 * DAY + 325, "r"],
    [4 * DAY + 324, "h", "❤️"],
    [1 * DAY + 220, "c", "我今天到門市了，可是店員說沒有看到保留的紀錄……"],
    [1 * DAY + 217, "c", VOICE],
    [1 * DAY + 205, "p", "真的很抱歉！我馬上打電話給門市確認，請稍等我五分鐘。"],
    [1 * DAY + 198, "p", "找到了，放在後面倉庫，姓名寫成「陳宜君」。請您再跟店員說一次，他們已經拿出來了。"],
    [1 * DAY + 190, "r"],
    [1 * DAY + 185, "c", "拿到了，謝謝！M 剛剛好"],
    [1 * DAY + 184, "c", THUMB],
    [1 * DAY + 170, "p", "太好了，祝您週末愉快！"],
    [1 * DAY + 120, "r"],
    [2 * HOUR + 6, "c", "不好意思又是我 😅 回家才發現左邊口袋的拉鍊卡住了"],
    [2 * HOUR + 4, "c", RUST_JACKET],
    [2 * HOUR + 1, "c", "這個可以修嗎？還是要再換一件？"],
  ],
  // Human-agent range.
  "7400000000000004": [
    [2 * DAY + 200, "c", "Which size do you recommend for 162 cm?"],
    [2 * DAY + 190, "p", "Hi Hana, S should fit well. Do you wear a thick sweater underneath?"],
    [2 * DAY + 100, "r"],
    [2 * DAY + 96, "c", "Sometimes, yes. In winter it gets quite cold on the scooter."],
  ],
  // Closed, settled.
  "7400000000000005": [
    [10 * DAY + 90, "c", "My return arrived at your place on Monday. When do I get the money back?"],
    [10 * DAY + 60, "p", "Hi Peter, the refund went out this morning. It takes up to three working days."],
    [10 * DAY + 50, "r"],
    [9 * DAY + 200, "c", "Got it. Thanks, all good now"],
    [9 * DAY + 190, "p", "Great, thank you for telling us!"],
    [9 * DAY + 100, "r"],
  ],
  // Phone-number account: no profile.
  "7400000000000006": [
    [52, "c", "Hello, my parcel never arrived but the tracking says delivered"],
    [50, "c", PARCEL],
    [49, "c", "This is what the neighbour found in the stairwell. It is not even my name on it!"],
  ],
  // A guest chat that ended by itself.
  "7400000000000007": [
    [26 * HOUR, "c", "hi do you ship to japan"],
    [26 * HOUR - 6, "p", "Hello! Yes, to Japan it takes five to seven days."],
    [26 * HOUR - 8, "r"],
    [26 * HOUR - 9, "c", "and how much"],
  ],
  // Wrote, then blocked the Page: an answer fails with 551.
  "7400000000000008": [
    [5 * HOUR + 20, "c", "You charged me twice!!"],
    [5 * HOUR + 2, "p", "Hello Ravi, I am sorry. Could you send me the last four digits of the card?"],
    [4 * HOUR + 52, "r"],
    [4 * HOUR + 50, "c", "No. Fix it or I call the bank."],
  ],
  "6400000000000001": [
    [5 * HOUR, "c", "Holaa! I love the rust one 🧡 do you restock size L?"],
    [4 * HOUR + 40, "p", "Hi Rosa! Next Tuesday, 30 pieces."],
    [4 * HOUR + 30, "r"],
    [3 * HOUR + 2, "c", "Perfect, can you keep one for me?"],
  ],
  "6400000000000002": [
    [23 * HOUR + 12, "c", "請問限動裡的那件背心什麼時候開賣？"],
    [23 * HOUR + 10, "c", "想要買兩件 🥺"],
  ],
  "7400000000000011": [
    [30, "c", "您好，請問這個星期六下午三點可以訂位嗎？四個人"],
    [26, "p", "王先生您好，三點目前滿位，三點半可以嗎？"],
    [12, "r"],
    [9, "c", "三點半可以，麻煩靠窗的位子 🙏"],
  ],
  "7400000000000012": [
    [33 * HOUR, "c", "Bonjour! Do you send the high mountain oolong to France?"],
    [32 * HOUR, "p", "Bonjour Sophie, yes, by air mail, about ten days."],
    [31 * HOUR, "r"],
    [30 * HOUR, "c", "Great. And is the 2026 spring harvest already there? I would take 300 g."],
  ],
  "7400000000000013": [
    [6 * DAY + 50, "c", "上次買的紫砂壺到了，包裝很用心，謝謝你們！"],
    [6 * DAY + 49, "c", TEAPOT],
    [6 * DAY + 30, "p", "雅婷您好，壺跟茶湯都好漂亮！第一次使用前記得先用熱水養壺喔。"],
    [6 * DAY + 10, "r"],
    [6 * DAY + 8, "h", "👍"],
    [5 * HOUR + 10, "c", "養了一週，壺身開始變亮了。想請問可以用同一把壺泡東方美人嗎？"],
    [5 * HOUR, "c", "還是一壺一茶比較好？"],
  ],
  "7400000000000014": [
    [20 * DAY + 80, "c", "Are you open on the national holiday?"],
    [20 * DAY + 60, "p", "Hello Daniel, yes, 10:00 to 18:00."],
    [20 * DAY + 40, "r"],
    [20 * DAY + 38, "c", "Thanks!"],
  ],
};
