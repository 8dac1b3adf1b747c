import type { Reason } from "@firstline/contracts";
import { type FaultCode, faultOf, faultText } from "@firstline/core";
import type { Locale } from "./problems.ts";

/** A catalogue entry as the API shows it. */
export function reason(code: FaultCode, locale: Locale): Reason {
  return { code, ...faultText(code, locale), owner: faultOf(code).owner };
}
