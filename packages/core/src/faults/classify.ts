import { type FaultCode, faultOf } from "./catalogue.ts";
import { BY_CODE, BY_PAIR, BY_SUBCODE, GENERIC, TOKEN_SUBCODES } from "./meta-numbers.ts";
import { byText, TEXTS, TOKEN_TEXTS } from "./meta-texts.ts";

/** What is known about a call to Meta that did not succeed. */
export interface ErrorFacts {
  /** null: there was no answer. */
  httpStatus: number | null;
  /** `error.code`, `error.error_subcode`, `error.message`, `error.is_transient` of Meta's answer. */
  code: number | null;
  subcode: number | null;
  message: string | null;
  isTransient: boolean | null;
  /**
   * How far the call came: `before_send` nothing left this server, `no_answer` the request may have reached Meta,
   * `answered` Meta answered, readable or not.
   */
  stage: "before_send" | "no_answer" | "answered";
}

/**
 * Names the fault. Numbers decide first, the subcode before the code, the text last, for Meta's texts change and are
 * translated. `is_transient: false` takes the repeat away from any fault that would otherwise be tried again.
 * Never throws; what is not known becomes `unknown_meta_error` (the caller keeps the raw text and trace id).
 */
export function classifyFault(e: ErrorFacts): FaultCode {
  if (e.stage === "before_send") return "meta_unreachable";
  if (e.stage === "no_answer") return "outcome_unknown";
  // A body with an error is an error whatever the status; without one nobody knows what Meta did with the request.
  if (e.code === null && e.subcode === null && e.message === null) return "outcome_unknown";
  const fault = byNumbers(e);
  return e.isTransient === false && isRepeated(fault) ? "meta_refused" : fault;
}

function byNumbers(e: ErrorFacts): FaultCode {
  const { code, subcode } = e;
  if (code === 190 || code === 102) {
    return lookUp(TOKEN_SUBCODES, subcode) ?? byText(TOKEN_TEXTS, e.message) ?? "token_invalid";
  }
  if (code !== null && subcode !== null && Object.hasOwn(BY_PAIR, `${code}/${subcode}`)) {
    return BY_PAIR[`${code}/${subcode}`]!;
  }
  return lookUp(BY_SUBCODE, subcode) ?? lookUp(BY_CODE, code) ?? byText(TEXTS, e.message) ?? generic(e);
}

function generic({ code, isTransient }: ErrorFacts): FaultCode {
  const known = lookUp(GENERIC, code);
  if (known) return known;
  // Graph API: 200 to 299 are permissions not granted or removed (error guide).
  if (code !== null && code >= 200 && code <= 299) return "permission_refused";
  return isTransient === true ? "meta_unavailable" : "unknown_meta_error";
}

function isRepeated(code: FaultCode): boolean {
  const { retry } = faultOf(code);
  return retry === "backoff" || retry === "after_wait" || retry === "once";
}

function lookUp(table: Readonly<Record<number, FaultCode>>, key: number | null): FaultCode | null {
  return key !== null && Object.hasOwn(table, key) ? table[key]! : null;
}
