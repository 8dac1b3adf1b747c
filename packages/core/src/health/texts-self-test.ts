import { type CheckText, UNKNOWN } from "./check-text.ts";

/** Words of what only a self-test tries. */
export const SELF_TEST_TEXTS = {
  callback_loop: {
    group: "receiving",
    owner: "operator",
    title: { en: "This server under its public address", zhTW: "以公開網址連線到本伺服器" },
    evidence: {
      ok: {
        en: "{url} answered the handshake, and a signed call was stored.",
        zhTW: "{url} 通過驗證握手，簽章的呼叫也已儲存。",
      },
      unreached: {
        en: "{url} cannot be reached from this server: {message}",
        zhTW: "無法從本伺服器連線到 {url}：{message}",
      },
      hairpin: {
        en: "{url} cannot be reached from this server ({message}), but Meta's calls arrive: only the way back to itself is missing.",
        zhTW: "無法從本伺服器連線到 {url}（{message}），但 Meta 的呼叫有收到：只是本機無法連回自己。",
      },
      wrong: {
        en: "{url} does not answer the handshake as this server would: {message}",
        zhTW: "{url} 對驗證握手的回應不是本伺服器的回應：{message}",
      },
      refused: {
        en: "{url} answers, but did not take a rightly signed call: {message}",
        zhTW: "{url} 有回應，但未受理簽章正確的呼叫：{message}",
      },
      elsewhere: {
        en: "{url} took the call, but it did not arrive here: another installation answers there.",
        zhTW: "{url} 受理了呼叫，但本系統沒有收到：該網址由另一套系統回應。",
      },
      unknown: UNKNOWN,
    },
    fix: {
      unreached: {
        en: "Check PUBLIC_URL, the name in DNS, the certificate and the proxy. Meta needs the same way from outside.",
        zhTW: "請檢查 PUBLIC_URL、DNS、憑證與代理伺服器。Meta 也需要能從外部連線。",
      },
      hairpin: {
        en: "Nothing has to be done for messages. To let this step pass, make the public address reachable from inside as well.",
        zhTW: "訊息收發不受影響。若要讓此步驟通過，請讓內部也能連線到公開網址。",
      },
      wrong: {
        en: "Check that the proxy passes /webhooks/meta on to this server, without a login page or a firewall in between.",
        zhTW: "請確認代理伺服器會將 /webhooks/meta 轉送到本伺服器，中間沒有登入頁或防火牆攔截。",
      },
      refused: {
        en: "Check that the proxy leaves the body and the header X-Hub-Signature-256 as they are, and that all processes have the same META_APP_SECRET.",
        zhTW: "請確認代理伺服器不會更動內容與 X-Hub-Signature-256 標頭，且所有程序使用相同的 META_APP_SECRET。",
      },
      elsewhere: {
        en: "Point PUBLIC_URL at this installation, or stop the other one.",
        zhTW: "請將 PUBLIC_URL 指向本系統，或停用另一套系統。",
      },
    },
  },
  round_trip: {
    group: "receiving",
    owner: "administrator",
    title: { en: "Newest message in Meta's record", zhTW: "Meta 紀錄中最新的訊息" },
    evidence: {
      here: {
        en: "The newest message of Meta's record ({time}) is here too.",
        zhTW: "Meta 紀錄中最新的訊息（{time}）這裡也有。",
      },
      older: {
        en: "Meta's record can be read; its newest message ({time}) is from before the connection.",
        zhTW: "可以讀取 Meta 的紀錄，最新的訊息（{time}）早於連結時間。",
      },
      missing: {
        en: "Meta's record can be read, but its newest message ({time}) is not here.",
        zhTW: "可以讀取 Meta 的紀錄，但最新的訊息（{time}）這裡沒有。",
      },
      empty: {
        en: "Not possible without a customer: nobody has written yet.",
        zhTW: "沒有客戶就無法測試：目前還沒有人傳過訊息。",
      },
      unknown: UNKNOWN,
    },
    fix: {
      missing: {
        en: "Start a comparison from this page: it reads it back and says whether Meta lost more.",
        zhTW: "請在此頁面啟動比對，系統會補回訊息並告知 Meta 是否還有漏送。",
      },
      empty: {
        en: "Write to the Page from a private account, then run the self-test again.",
        zhTW: "請以私人帳號傳訊息給粉絲專頁，再執行一次自我測試。",
      },
    },
  },
  reply_taken: {
    group: "sending",
    owner: "administrator",
    title: { en: "Replies", zhTW: "回覆" },
    evidence: {
      ok: { en: "Meta took a reply on {time}.", zhTW: "Meta 於 {time} 受理過回覆。" },
      untried: {
        en: "A reply was not tried: that is not possible without a customer who has just written.",
        zhTW: "未測試回覆：沒有剛傳過訊息的客戶就無法測試。",
      },
    },
    fix: {},
  },
} as const satisfies Record<string, CheckText>;
