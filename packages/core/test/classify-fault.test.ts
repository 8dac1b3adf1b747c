import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type ControlAction,
  channelEffect,
  classifyControl,
  classifyFault,
  type ErrorFacts,
  type FaultCode,
  faultOf,
  isFaultCode,
} from "../src/index.ts";

const answered = (
  code: number | null,
  subcode: number | null = null,
  message: string | null = null,
  more: Partial<ErrorFacts> = {},
): ErrorFacts => ({
  httpStatus: 400,
  code,
  subcode,
  message,
  isTransient: null,
  stage: "answered",
  ...more,
});

const table: [name: string, error: ErrorFacts, expected: FaultCode][] = [
  ["S3 190/460 password changed", answered(190, 460), "token_password_changed"],
  ["S3 102 is read like 190", answered(102, 460), "token_password_changed"],
  ["S5 190 without subcode", answered(190), "token_invalid"],
  ["S5 190 with a subcode nobody knows", answered(190, 999_999), "token_invalid"],
  ["S5 190/458 app removed", answered(190, 458), "token_app_removed"],
  ["S5 190/459 checkpoint", answered(190, 459), "token_checkpoint"],
  ["S5 190/490 checkpoint", answered(190, 490), "token_checkpoint"],
  ["S5 190/463 expired", answered(190, 463), "token_expired"],
  ["S5 190/464 unconfirmed", answered(190, 464), "token_account_unconfirmed"],
  ["S5 190/467 revoked", answered(190, 467), "token_revoked"],
  ["O3 190/492 role lost", answered(190, 492), "page_role_lost"],
  ["S5 190/2069032 permission missing", answered(190, 2069032), "page_permission_missing"],
  [
    "S4 190 two-factor text",
    answered(
      190,
      null,
      "The user must be an administrator, editor, or moderator of the page in order to impersonate it. If the page business requires Two Factor Authentication, the user also needs to enable Two Factor Authentication.",
    ),
    "page_two_factor_required",
  ],
  [
    "S5 190 impersonation permissions text",
    answered(
      190,
      null,
      "Any of the pages_read_engagement, pages_manage_metadata or pages_messaging permission(s) must be granted before impersonating a user's page.",
    ),
    "page_permission_missing",
  ],
  [
    "S5 190 page not accessible",
    answered(190, null, "This Page access token belongs to a Page that is not accessible."),
    "page_not_accessible",
  ],
  ["S6 551/1545041", answered(551, 1545041), "contact_cannot_receive"],
  ["S6 551 alone", answered(551), "contact_cannot_receive"],
  [
    "S6 200/1545041 is the contact, not a permission",
    answered(200, 1545041, "(#551) This person isn't available right now."),
    "contact_cannot_receive",
  ],
  ["S6 10/2018108", answered(10, 2018108), "contact_cannot_receive"],
  ["S8 10/2018278", answered(10, 2018278), "window_closed"],
  ["S8 10/2534022 with 403", answered(10, 2534022, null, { httpStatus: 403 }), "window_closed"],
  [
    "S8 10 in another language by its subcode",
    answered(10, 2018278, "(#10) 此訊息是在允許的時間範圍外傳送。"),
    "window_closed",
  ],
  [
    "S8 10 without subcode by its text",
    answered(10, null, "(#10) This message is being sent outside the allowed window."),
    "window_closed",
  ],
  [
    "S8 the subcode beats a misleading text",
    answered(10, 2018300, "This message is sent outside of allowed window."),
    "held_by_other_app",
  ],
  ["R2 100/2534037 on Instagram", answered(100, 2534037), "held_by_other_app"],
  [
    "R2 100 text about the owner",
    answered(100, null, "(#100) calling app is not the thread owner"),
    "held_by_other_app",
  ],
  ["R2 2018321 as a subcode", answered(10, 2018321), "automated_flow_running"],
  ["R2 2018321 as a code", answered(2018321), "automated_flow_running"],
  ["S2 100/2018276", answered(100, 2018276), "human_agent_not_approved"],
  [
    "S2 100 text with double quotes",
    answered(100, null, '(#100) Cannot tag messages with "HUMAN_AGENT" without prior approval.'),
    "human_agent_not_approved",
  ],
  ["O4 100/1893061 retired tag", answered(100, 1893061, "Invalid parameter", { isTransient: false }), "tag_retired"],
  ["S7 100/2018047", answered(100, 2018047), "attachment_refused"],
  ["S7 100 upload failure by text", answered(100, null, "(#100) Upload attachment failure."), "attachment_refused"],
  ["S7 100/2018109", answered(100, 2018109), "attachment_too_large"],
  ["S7 100/2018008", answered(100, 2018008), "attachment_fetch_failed"],
  ["S7 100/2018294", answered(100, 2018294), "video_refused"],
  ["S7 546", answered(546), "attachment_unsupported"],
  ["100/2018074", answered(100, 2018074), "attachment_expired"],
  ["100/33", answered(100, 33, "Unsupported get request."), "meta_object_not_found"],
  ["33 means nothing under another code", answered(4, 33), "app_rate"],
  ["100/2018001", answered(100, 2018001), "contact_unknown"],
  ["S12 100 with an unknown subcode", answered(100, 2018007, "Invalid data"), "request_rejected"],
  ["S9 -1", answered(-1, null, "(#-1) Unexpected internal error"), "meta_internal_error"],
  ["S10 -2", answered(-2), "attachment_upload_timed_out"],
  ["S9 1", answered(1), "meta_unavailable"],
  ["1/99 is missing approval", answered(1, 99), "app_not_approved"],
  ["S10 1/1357046 was sent", answered(1, 1357046), "outcome_unknown"],
  ["S9 2", answered(2, null, null, { httpStatus: 500 }), "meta_unavailable"],
  [
    "2/2018344 is for good",
    answered(2, 2018344, "Service temporarily unavailable", { isTransient: false }),
    "privacy_terms_not_accepted",
  ],
  ["is_transient:false wins over code 2", answered(2, null, null, { isTransient: false }), "meta_refused"],
  ["is_transient:false wins over a rate limit", answered(613, null, null, { isTransient: false }), "meta_refused"],
  [
    "is_transient:true does not soften a closed window",
    answered(10, 2018278, null, { isTransient: true }),
    "window_closed",
  ],
  [
    "is_transient:true lets an unknown code be repeated",
    answered(77_777, null, "x", { isTransient: true }),
    "meta_unavailable",
  ],
  ["1200/2018024", answered(1200, 2018024), "meta_unavailable"],
  ["S11 10/1893063", answered(10, 1893063), "channel_restricted"],
  ["S11 2022", answered(2022), "page_reported"],
  ["S11 368", answered(368), "policy_block"],
  ["S11 100/2534029", answered(100, 2534029), "instagram_blocked"],
  ["S11 613", answered(613), "page_send_rate"],
  ["S11 613/2018338 concerns one customer", answered(613, 2018338), "tagged_too_often"],
  ["S11 80006", answered(80006), "page_send_rate"],
  ["S11 4", answered(4, null, null, { isTransient: true }), "app_rate"],
  ["S11 17/2446079", answered(17, 2446079), "user_rate"],
  ["I1 200/2534041", answered(200, 2534041), "instagram_access_off"],
  ["I1 10/2534077", answered(10, 2534077), "instagram_link_broken"],
  ["I1 3", answered(3), "capability_missing"],
  [
    "200 test users only",
    answered(
      200,
      null,
      "Cannot message users who are not admins, developers or testers of the app until pages_messaging permission is reviewed and the app is live.",
    ),
    "app_not_approved",
  ],
  [
    "200 Advanced Access text",
    answered(
      200,
      null,
      "(#200) App does not have Advanced Access to instagram_manage_messages permission, and recipient user does not have role on app",
    ),
    "app_not_approved",
  ],
  ["200 alone", answered(200, null, "(#200) Permissions error"), "permission_refused"],
  ["O1 230 consent", answered(230, null, "User consent is required to access user profile"), "profile_no_consent"],
  [
    "S5 230 permission",
    answered(230, null, "(#230) Requires pages_messaging permission to manage the object"),
    "page_permission_missing",
  ],
  ["O1 100/2018218", answered(100, 2018218), "profile_phone_account"],
  [
    "R4 subscribed_fields",
    answered(100, null, "(#100) The parameter subscribed_fields is required."),
    "subscription_fields_missing",
  ],
  [
    "R4 subscription permission",
    answered(
      200,
      null,
      "(#200) To subscribe to the feed field, one of these permissions is needed: pages_manage_metadata.",
    ),
    "subscription_permission_missing",
  ],
  [
    "100 appsecret_proof missing",
    answered(100, null, "API calls from the server require an appsecret_proof argument"),
    "app_secret_proof_missing",
  ],
  [
    "100 appsecret_proof wrong",
    answered(100, null, "Invalid appsecret_proof provided in the API argument"),
    "app_secret_proof_invalid",
  ],
  ["10900 answered already", answered(10900), "private_reply_used"],
  ["S12 a code nobody knows", answered(424_242, null, "Something new"), "unknown_meta_error"],
  [
    "S12 only a text that is known",
    answered(null, null, "This message is sent outside of allowed window."),
    "window_closed",
  ],
  ["S10 an answer without an error body", answered(null, null, null, { httpStatus: 502 }), "outcome_unknown"],
  [
    "S10 no answer",
    answered(null, null, "socket hang up", { httpStatus: null, stage: "no_answer" }),
    "outcome_unknown",
  ],
  [
    "S9 nothing left",
    answered(null, null, "ECONNREFUSED", { httpStatus: null, stage: "before_send" }),
    "meta_unreachable",
  ],
];

describe("classifyFault", () => {
  it.each(table)("%s", (_name, error, expected) => {
    expect(classifyFault(error)).toBe(expected);
  });

  const anyError: fc.Arbitrary<ErrorFacts> = fc.record({
    httpStatus: fc.option(fc.integer({ min: 100, max: 599 }), { nil: null }),
    code: fc.option(fc.oneof(fc.integer(), fc.constantFrom(-2, -1, 1, 2, 4, 10, 100, 190, 200, 551, 613)), {
      nil: null,
    }),
    subcode: fc.option(fc.oneof(fc.integer(), fc.constantFrom(460, 2018278, 1545041, 2018047)), { nil: null }),
    message: fc.option(fc.string({ unit: "binary" }), { nil: null }),
    isTransient: fc.option(fc.boolean(), { nil: null }),
    stage: fc.constantFrom("before_send", "no_answer", "answered"),
  });

  it("S12 names something of the catalogue for any error, and never throws", () => {
    fc.assert(
      fc.property(anyError, (error) => {
        expect(isFaultCode(classifyFault(error))).toBe(true);
      }),
    );
  });

  it("S3 190 of any subcode moves the channel to needs reauthorisation at its first occurrence", () => {
    fc.assert(
      fc.property(anyError, fc.constantFrom(190, 102), (error, code) => {
        expect(channelEffect(classifyFault({ ...error, code, stage: "answered" }))).toBe("needs_reauthorization");
      }),
    );
  });

  it("is_transient:false leaves no repeat", () => {
    fc.assert(
      fc.property(anyError, (error) => {
        const { retry } = faultOf(classifyFault({ ...error, isTransient: false, stage: "answered" }));
        expect(["backoff", "after_wait", "once"]).not.toContain(retry);
      }),
    );
  });

  it("S6 S8 a fault of one customer or conversation never touches the channel", () => {
    for (const error of [answered(551), answered(551, 1545041), answered(200, 1545041)]) {
      expect(faultOf(classifyFault(error)).level).toBe("contact");
      expect(channelEffect(classifyFault(error))).toBeNull();
    }
    for (const error of [answered(10, 2018278), answered(10, 2534022)]) {
      expect(faultOf(classifyFault(error)).level).toBe("thread");
      expect(channelEffect(classifyFault(error))).toBeNull();
    }
  });

  it("S11 restrictions by Meta restrict the channel", () => {
    for (const error of [answered(10, 1893063), answered(2022), answered(368)]) {
      expect(channelEffect(classifyFault(error))).toBe("restricted");
    }
  });
});

const control: [name: string, action: ControlAction, error: ErrorFacts, expected: FaultCode | "already_ours"][] = [
  [
    "R4 27 take with routing off",
    "take",
    answered(27, null, "(#27) Take thread control is not supported when Conversation Routing is not enabled."),
    "routing_off",
  ],
  ["R4 take with the take-over switch off", "take", answered(100, null, "(#100) Not allowed."), "takeover_not_allowed"],
  ["R4 take refused on Instagram", "take", answered(100, 2534037), "takeover_not_allowed"],
  [
    "R4 take of what is ours",
    "take",
    answered(100, null, "(#100) The app is the thread owner already."),
    "already_ours",
  ],
  ["R2 take during a lead ad", "take", answered(10, 2018321), "held_by_lead_ad_flow"],
  [
    "R4 request with routing on",
    "request",
    answered(100, null, "(#100) Not available."),
    "control_request_unavailable",
  ],
  [
    "R4 pass by another than the owner",
    "pass",
    answered(100, null, "(#100) The calling app is not the thread owner."),
    "control_not_owner",
  ],
  ["R4 pass on Instagram", "pass", answered(100, 2534037), "control_not_owner"],
  [
    "R4 release by another than the owner",
    "release",
    answered(100, null, "(#100) Only the current thread owner can release thread control."),
    "control_not_owner",
  ],
  ["R4 100/2018164 pass to an app that is not there", "pass", answered(100, 2018164), "routing_refused"],
  [
    "R4 pass without a target and without a default app",
    "pass",
    answered(100, null, "(#100) The parameter target_app_id is required"),
    "control_no_default_app",
  ],
  ["S3 a dead token stays a dead token", "take", answered(190, 460), "token_password_changed"],
  ["S12 what is not known stays unknown", "take", answered(424_242), "unknown_meta_error"],
];

describe("classifyControl", () => {
  it.each(control)("%s", (_name, action, error, expected) => {
    expect(classifyControl(action, error)).toBe(expected);
  });

  it("R4 every refusal of control tells today's clicks, and the old words where it names Conversation Routing", () => {
    for (const code of new Set(control.map(([, , , fault]) => fault))) {
      if (!isFaultCode(code) || faultOf(code).row !== "R4") continue;
      for (const { fix } of [faultOf(code).en, faultOf(code).zhTW])
        if (/Conversation Routing|Advanced Messaging/.test(fix)) expect(fix).toMatch(/Handover Protocol/);
    }
  });
});
