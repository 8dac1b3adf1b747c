import { AddressRefused } from "../../platform/fetch/index.ts";
import type { Outcome } from "./claim.ts";

/** What an HTTP status means for an alert: 2xx is taken, everything else may change. */
export function statusOutcome(status: number): Outcome {
  if (status >= 200 && status < 300) return { state: "sent", status };
  const error =
    status >= 300 && status < 400
      ? ("redirected" as const)
      : status === 429 || status >= 500
        ? ("busy" as const)
        : ("refused" as const);
  return { state: "again", status, error, detail: null };
}

/** What an attempt means that had no answer. An address that is refused may be put right, by the operator or in the DNS. */
export function errorOutcome(error: unknown): Outcome {
  if (error instanceof AddressRefused) {
    const reasons = { private: "address_private", not_https: "address_not_https", unknown: "address_unknown" } as const;
    return { state: "again", status: null, error: reasons[error.reason], detail: null };
  }
  const timeout = (error as Error).name === "TimeoutError";
  const cause = (error as { cause?: { code?: string } }).cause?.code ?? null;
  return { state: "again", status: null, error: timeout ? "timeout" : "unreachable", detail: timeout ? null : cause };
}
