import type { CallStep, Step } from "./types.ts";

/** Short ways to write the steps most scenarios share. Each gives plain data. */

export const P = "/_sim/pages/{page}";
export const C = `${P}/customers/{customer}`;

export const idle: Step = { wait: "idle" };

export const write = (text: string, more: Record<string, unknown> = {}): CallStep => ({
  do: "POST",
  path: `${C}/messages`,
  body: { text, ...more },
  as: "message",
});

/** A message of attachments alone. */
export const attach = (...attachments: Record<string, unknown>[]): CallStep => ({
  do: "POST",
  path: `${C}/messages`,
  body: { attachments },
  as: "message",
});

/** What the person does: a call below `…/customers/{customer}`. */
export const person = (path: string, body: unknown = {}, as?: string): CallStep => ({
  do: "POST",
  path: `${C}${path}`,
  body,
  ...(as && { as }),
});

/** What happens to the Page: a call below `/_sim/pages/{page}`. */
export const page = (path: string, body: unknown = {}, as?: string): CallStep => ({
  do: "POST",
  path: `${P}${path}`,
  body,
  ...(as && { as }),
});

export const faults = (changes: Record<string, unknown>): CallStep => ({
  do: "PUT",
  path: "/_sim/faults",
  body: changes,
});

/** The next sends to this person fail so. */
export const nextSend = (...list: Record<string, unknown>[]): CallStep =>
  faults({ nextSend: list.map((fault) => ({ recipientId: "{customer}", ...fault })) });

export const noSendFault = faults({ nextSend: [] });

/** A person of the Page answers in Business Suite. */
export const inboxReply = (text: string, more: Record<string, unknown> = {}): CallStep =>
  page("/inbox-reply", { customerId: "{customer}", text, ...more }, "reply");

/** A utility template handed in by a person of the Page. */
export const template = (name: string, body: string, example: string[]): CallStep =>
  page("/templates", { name, language: "en", body, example }, "template");

export const noTemplate = (name: string): CallStep => ({ do: "DELETE", path: `${P}/templates/${name}` });
