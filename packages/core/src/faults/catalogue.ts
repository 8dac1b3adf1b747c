import { ACCESS_FAULTS } from "./entries-access.ts";
import { APP_FAULTS } from "./entries-app.ts";
import { ATTACHMENT_FAULTS } from "./entries-attachment.ts";
import { CHANNEL_FAULTS } from "./entries-channel.ts";
import { CONNECTING_FAULTS } from "./entries-connecting.ts";
import { CONTACT_FAULTS } from "./entries-contact.ts";
import { CONTROL_FAULTS } from "./entries-control.ts";
import { MESSAGE_FAULTS } from "./entries-message.ts";
import { PRODUCT_FAULTS } from "./entries-product.ts";
import { REPLY_FAULTS } from "./entries-reply.ts";
import { TEMPLATE_FAULTS } from "./entries-template.ts";
import { THREAD_FAULTS } from "./entries-thread.ts";
import { TOKEN_FAULTS } from "./entries-token.ts";
import type { Fault, FaultText } from "./fault.ts";

/** Every fault the product can name. A code is stable: it is stored, sent by the API and names a page under docs/errors. */
export const FAULTS = {
  ...REPLY_FAULTS,
  ...TOKEN_FAULTS,
  ...CONNECTING_FAULTS,
  ...ACCESS_FAULTS,
  ...CHANNEL_FAULTS,
  ...APP_FAULTS,
  ...THREAD_FAULTS,
  ...CONTROL_FAULTS,
  ...CONTACT_FAULTS,
  ...MESSAGE_FAULTS,
  ...TEMPLATE_FAULTS,
  ...ATTACHMENT_FAULTS,
  ...PRODUCT_FAULTS,
} as const;

export type FaultCode = keyof typeof FAULTS;
export type Locale = "en" | "zh-TW";

export function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(FAULTS, code);
}

/** The entry of a code. A code of a newer or older version gives the entry for unknown errors. */
export function faultOf(code: string): Fault {
  return isFaultCode(code) ? FAULTS[code] : FAULTS.unknown_meta_error;
}

/** Title, explanation and next step in the reader's language. */
export function faultText(code: FaultCode, locale: Locale): FaultText {
  const fault = faultOf(code);
  return locale === "zh-TW" ? fault.zhTW : fault.en;
}

/**
 * What a fault says about its whole channel: a dead token needs reauthorisation at its first occurrence, a restriction by
 * Meta pauses sending. Null: the channel stays as it is.
 */
export function channelEffect(code: string): "needs_reauthorization" | "restricted" | null {
  const fault = faultOf(code);
  if (fault.level !== "channel") return null;
  if (fault.retry === "after_reauthorization") return "needs_reauthorization";
  return fault.retry === "after_restriction" ? "restricted" : null;
}
