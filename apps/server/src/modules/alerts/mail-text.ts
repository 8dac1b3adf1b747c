import type { Locale } from "../../platform/http/problems.ts";
import type { Claimed } from "./claim.ts";
import { screenOf } from "./screen.ts";

const WORDS = {
  en: {
    critical: "Critical",
    warning: "Warning",
    ended: "Over",
    news: "News",
    test: "Test",
    since: "Since",
    at: "At",
    fix: "What to do",
    open: "Open in Firstline",
    why: (workspace: string) =>
      `You get this as a member of ${workspace}. Which alerts come by e-mail is your choice, in Settings, Alerts:`,
  },
  "zh-TW": {
    critical: "嚴重",
    warning: "警告",
    ended: "已結束",
    news: "消息",
    test: "測試",
    since: "開始於",
    at: "時間",
    fix: "處理方式",
    open: "在 Firstline 開啟",
    why: (workspace: string) =>
      `你是 ${workspace} 的成員，因此收到此信。要收到哪些電子郵件通知，可在「設定」的「通知」中選擇：`,
  },
} as const satisfies Record<Locale, unknown>;

/** An alert as an e-mail, in the member's language; both parts say the same. */
export function mailText(
  row: Pick<
    Claimed,
    | "kind"
    | "severity"
    | "words"
    | "language"
    | "channel_name"
    | "channel_id"
    | "incident_id"
    | "happened_at"
    | "workspace_name"
  >,
  publicUrl: string,
): { subject: string; text: string; html: string } {
  const say = WORDS[row.language];
  const { title, text, fix } = row.words[row.language];
  const mark = say[row.kind === "opened" ? row.severity : row.kind];
  const about = row.channel_name ? `${row.channel_name}: ` : "";
  // "Over: …" has its mark in the title.
  const subject = row.kind === "ended" ? `${about}${title}` : `[${mark}] ${about}${title}`;
  const when = `${row.kind === "opened" ? say.since : say.at} ${row.happened_at.toISOString().slice(0, 16).replace("T", " ")} UTC`;
  const link = screenOf(row, publicUrl);
  const settings = `${publicUrl}/settings/alerts`;
  const why = say.why(row.workspace_name);
  const lines = [`${about}${title}`, text, ...(fix ? [`${say.fix}: ${fix}`] : []), when, `${say.open}: ${link}`];
  return {
    subject: subject.replace(/\s+/g, " "),
    text: `${lines.join("\n\n")}\n\n-- \n${why}\n${settings}\n`,
    html: page(
      row.language,
      `<p style="margin:0 0 4px;color:${row.kind === "opened" && row.severity === "critical" ? "#b42318" : "#475467"};font-size:13px;font-weight:600">${esc(mark)}</p>
<h1 style="margin:0 0 12px;font-size:19px;line-height:1.35">${esc(`${about}${title}`)}</h1>
<p style="margin:0 0 12px">${esc(text)}</p>
${fix ? `<p style="margin:0 0 12px"><strong>${esc(say.fix)}:</strong> ${esc(fix)}</p>` : ""}
<p style="margin:0 0 20px;color:#475467;font-size:13px">${esc(when)}</p>
<p style="margin:0 0 24px"><a href="${esc(link)}" style="display:inline-block;padding:9px 16px;border-radius:6px;background:#1d4ed8;color:#ffffff;text-decoration:none;font-weight:600">${esc(say.open)}</a></p>
<p style="margin:0;padding-top:12px;border-top:1px solid #e4e7ec;color:#667085;font-size:12px">${esc(why)} <a href="${esc(settings)}" style="color:#475467">${esc(settings)}</a></p>`,
    ),
  };
}

const page = (language: Locale, body: string) =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"></head>
<body style="margin:0;padding:24px;font:15px/1.5 system-ui,-apple-system,'Segoe UI','Noto Sans TC',sans-serif"><div style="max-width:560px;margin:0 auto">
${body}
</div></body></html>`;

const esc = (text: string) =>
  text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[c]!);
