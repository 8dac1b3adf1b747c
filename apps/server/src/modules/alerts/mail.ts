import { createTransport, type Transporter } from "nodemailer";
import type { Deps } from "../../deps.ts";
import { scrub } from "../../platform/log/index.ts";
import type { Claimed, Outcome } from "./claim.ts";
import { mailText } from "./mail-text.ts";

export interface Mail {
  send(row: Claimed): Promise<Outcome>;
  close(): void;
}

const transportTo = (url: string): Transporter =>
  createTransport({ url, connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 });

/**
 * Asks the operator's mail server whether it answers and takes our name and password; nothing is sent. `message` without the
 * password, empty when it does. Null: none is set.
 */
export async function askMailServer({
  config: { mail },
}: Pick<Deps, "config">): Promise<{ answered: boolean; message: string } | null> {
  if (!mail) return null;
  const transport = transportTo(mail.url.reveal());
  try {
    await transport.verify();
    return { answered: true, message: "" };
  } catch (error) {
    return { answered: false, message: wordsOf(error as MailFault, mail.url.reveal()) };
  } finally {
    transport.close();
  }
}

/** E-mail through the operator's server. Without one nothing comes here. */
export function createMail(deps: Pick<Deps, "config">): Mail {
  const { mail, publicUrl } = deps.config;
  let transport: Transporter | undefined;
  return {
    async send(row) {
      if (!row.address || !mail) return { state: "dropped", status: null, error: null };
      transport ??= transportTo(mail.url.reveal());
      const { subject, text, html } = mailText(row, publicUrl);
      try {
        await transport.sendMail({
          from: mail.from,
          to: row.address,
          subject,
          text,
          html,
          // The same for each attempt: a message that was taken twice is shown once.
          messageId: `<${row.id}@${new URL(publicUrl).hostname}>`,
          headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        });
        return { state: "sent", status: 250 };
      } catch (error) {
        return mailOutcome(error as MailFault, mail.url.reveal());
      }
    },
    close: () => transport?.close(),
  };
}

export interface MailFault {
  message?: string;
  /** Of nodemailer: EAUTH, EENVELOPE, ECONNECTION, ETIMEDOUT … */
  code?: string;
  response?: string;
  responseCode?: number;
  /** The SMTP command that was refused. */
  command?: string;
}

/** What the server said, without the password it was given. */
function wordsOf(fault: MailFault, url: string): string {
  const { password } = new URL(url);
  const words = scrub(fault.response ?? fault.message ?? "");
  return password === "" ? words : words.replaceAll(password, "[removed]");
}

/** 4xx is worth another try (RFC 5321, 4.2.1); of 5xx a refused recipient or sender will not change by itself. */
export function mailOutcome(fault: MailFault, url: string): Outcome {
  const status = fault.responseCode ?? null;
  const detail = wordsOf(fault, url);
  const lasting = status !== null && status >= 500;
  if (fault.code === "EAUTH") return { state: "again", status, error: "mail_sign_in", detail };
  if (fault.command === "RCPT TO" || (fault.code === "EENVELOPE" && fault.command !== "MAIL FROM"))
    return { state: lasting ? "failed" : "again", status, error: lasting ? "mail_recipient" : "busy", detail };
  if (fault.command === "MAIL FROM") return { state: "again", status, error: lasting ? "mail_sender" : "busy", detail };
  if (status !== null) return { state: "again", status, error: lasting ? "refused" : "busy", detail };
  if (fault.code === "ETIMEDOUT") return { state: "again", status, error: "timeout", detail };
  return { state: "again", status, error: fault.code === "EDNS" ? "address_unknown" : "unreachable", detail };
}
