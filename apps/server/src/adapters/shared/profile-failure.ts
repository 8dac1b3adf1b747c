import type { GraphFailure, ProfileResult } from "../channel.ts";

type Reason = Extract<ProfileResult, { ok: false }>["reason"];

/** One known refusal of a profile read. Members left out match anything. */
export interface ProfileRefusal {
  code?: number;
  subcode?: number;
  text?: RegExp;
  reason: Reason;
}

/** The first refusal that matches; a failure no row knows is `unknown`, which may be tried again later. */
export function matchProfileFailure(failure: GraphFailure, refusals: readonly ProfileRefusal[]): ProfileResult {
  const row = refusals.find(
    (one) =>
      (one.code === undefined || one.code === failure.code) &&
      (one.subcode === undefined || one.subcode === failure.subcode) &&
      (one.text === undefined || one.text.test(failure.message ?? "")),
  );
  return { ok: false, reason: row?.reason ?? "unknown" };
}
