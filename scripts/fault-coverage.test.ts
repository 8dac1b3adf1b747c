import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { GraphError } from "../apps/sim/src/graph/error.ts";
import { KNOWN } from "../apps/sim/src/graph/known/index.ts";
import { SCENARIOS } from "../apps/sim/src/scenarios/catalogue.ts";
import {
  type ControlAction,
  classifyControl,
  classifyFault,
  type ErrorFacts,
  FAULTS,
  type FaultCode,
  faultOf,
} from "../packages/core/src/index.ts";
import { root } from "./lib/run.ts";

const CODES = Object.keys(FAULTS) as FaultCode[];

/** One body of the local Meta, as a caller reads it. */
function readBack(error: GraphError): ErrorFacts {
  const { code, error_subcode, message, is_transient } = error.body().error as Record<string, unknown>;
  return {
    httpStatus: error.status,
    code: code as number,
    subcode: (error_subcode as number | undefined) ?? null,
    message: message as string,
    isTransient: (is_transient as boolean | undefined) ?? null,
    stage: "answered",
  };
}
const CONTROL = /^(take|request|pass|release):/;
function faultOfRow(row: (typeof KNOWN)[number]): string {
  const error = readBack(new GraphError(row));
  const asked = CONTROL.exec(row.about)?.[1] as ControlAction | undefined;
  return asked ? classifyControl(asked, error) : classifyFault(error);
}

/** Faults of the product's own judgement, and those no single number of Meta's makes: the scenario that leads to each. */
const BY_SCENARIO: Partial<Record<FaultCode, string>> = {
  human_agent_not_for_automation: "S2-human-agent-approved",
  channel_needs_reauthorization: "S3-password-changed",
  token_missing_permission: "S5-tasks-missing",
  page_task_missing: "S5-tasks-missing",
  guest_chat_ended: "O2-guest-ends-chat",
  private_reply_waiting: "S1-private-reply",
  held_by_page_inbox: "R4-business-suite-answers",
  held_by_meta_ai: "R2-meta-ai",
  held_by_lead_ad_flow: "R2-lead-ad-running",
  control_request_unanswered: "R2-meta-ai",
  outcome_pending: "S10-cut-before",
  record_inconclusive: "S10-record-cannot-tell",
  meta_refused: "S12-called-final",
  unknown_meta_error: "S12-unknown-code",
  way_not_available: "O4-tags-alive",
  template_rejected: "O4-template-rejected-as",
  template_rejected_parameters: "O4-template-rejected-as",
  template_rejected_ratio: "O4-template-rejected-as",
  template_rejected_promotion: "O4-template-rejected",
  template_not_usable: "O4-template-withdrawn",
  attachment_not_taken: "S7-upload-cut",
};

/** Faults the local Meta cannot play, and why not. */
const NOT_AT_META: Record<string, FaultCode[]> = {
  "a request to our own API: Meta has no part in it": [
    "not_found",
    "not_signed_in",
    "not_allowed",
    "invalid_request",
    "conflict",
    "rate_limited",
    "body_too_large",
    "replay_too_large",
    "attachment_not_found",
    "channel_disconnected",
    "page_mismatch",
    "reauthorization_link_closed",
    "authorization_removed",
    "last_authorizer",
    "member_authorises_channels",
    "page_in_other_workspace",
  ],
  "a login in the local Meta's dialog leads there: apps/server/test/channels/oauth.test.ts": [
    "connection_address_refused",
    "connection_cancelled",
    "connection_expired",
    "connection_other_session",
    "connection_refused",
    "connection_used",
  ],
  "what is granted in that dialog leads there: apps/server/test/channels/granted.test.ts": [
    "instagram_not_linked",
    "no_pages_granted",
  ],
  "our own machine: a full disk, a defect": ["storage_unavailable", "unexpected"],
  "nobody answers at Meta's address: played by stopping the local Meta": ["meta_unreachable"],
  "somebody else posts to our webhook": ["webhook_signature_invalid"],
  "seen in the file before anything is sent: apps/server/test/messages/attachments-corpus.test.ts": [
    "attachment_damaged",
    "attachment_banned",
    "attachment_unreadable",
    "attachment_too_many_pixels",
    "attachment_name_mismatch",
  ],
  "counted before anything is sent: packages/core/test/text.test.ts": ["message_too_long"],
  "seen in the draft or the values before anything is sent: packages/core/test/templates.test.ts": CODES.filter(
    (code) => /^template_draft_/.test(code) || /^template_parameter_(missing|unknown|too_long|link)$/.test(code),
  ),
};

const byNumbers = new Set(KNOWN.map(faultOfRow));
const excused = Object.values(NOT_AT_META).flat();
/** Everything that may raise a fault: the product without the catalogue's own entries. */
const sources = ["packages/core/src/**/*.ts", "apps/server/src/**/*.ts"]
  .flatMap((pattern) => globSync(pattern, { cwd: root }))
  .filter((path) => !/entries-[^/]*\.ts$|\.test\.ts$/.test(path))
  .map((path) => readFileSync(join(root, path), "utf8"))
  .join("\n");

describe("every fault of the catalogue", () => {
  it.each(CODES)(
    "S12 %s has a page, a place that raises it, and a way to be played on the local Meta or a reason why not",
    (code) => {
      expect(existsSync(join(root, "docs/errors", `${code}.md`)), "a page: npm run gen").toBe(true);
      expect(sources.includes(`"${code}"`), "a place outside the catalogue that raises it").toBe(true);
      const ways = [byNumbers.has(code), Object.hasOwn(BY_SCENARIO, code), excused.includes(code)];
      expect(ways.filter(Boolean), "exactly one of: known error, scenario, exception with a reason").toHaveLength(1);
    },
  );

  it("S12 names only scenarios that exist, of the row the fault belongs to or one that leads there", () => {
    const known = new Map(SCENARIOS.map((s) => [s.id, s]));
    expect(Object.values(BY_SCENARIO).filter((id) => !known.has(id))).toEqual([]);
    expect(excused.filter((code) => !CODES.includes(code))).toEqual([]);
  });

  it("S12 what names a test file as its reason names one that is there", () => {
    for (const reason of Object.keys(NOT_AT_META)) {
      const file = /\S+\.test\.ts/.exec(reason)?.[0];
      if (file) expect(existsSync(join(root, file)), file).toBe(true);
    }
  });
});

describe("every error body the local Meta knows", () => {
  it.each(KNOWN.map((row) => [`${row.code}/${row.subcode ?? "-"} ${row.about}`, row] as const))(
    "S12 %s has a name in the catalogue",
    (_name, row) => {
      const code = faultOfRow(row);
      expect(Object.hasOwn(FAULTS, code), code).toBe(true);
      expect(code).not.toBe("unknown_meta_error");
    },
  );

  it("S12 only what Meta itself leaves open is repeated: nothing final is tried again, nothing passing is given up at once", () => {
    const repeated = new Set(["backoff", "after_wait", "once"]);
    for (const row of KNOWN) {
      if (row.isTransient === undefined) continue;
      const { retry } = faultOf(faultOfRow(row));
      expect([row.code, row.subcode, repeated.has(retry)]).toEqual([row.code, row.subcode, row.isTransient]);
    }
  });
});
