import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ERRORS_DIR, renderAll } from "../../../scripts/gen-errors.ts";
import { FAULTS, type Fault, type FaultCode, faultOf, faultText } from "../src/index.ts";

const entries = Object.entries(FAULTS) as [FaultCode, Fault][];

/** Codes the API answers with: clients rely on them. */
const API_CODES =
  "window_closed tag_retired human_agent_not_approved human_agent_not_for_automation channel_needs_reauthorization channel_restricted channel_disconnected contact_cannot_receive guest_chat_ended held_by_other_app message_empty message_too_long attachment_damaged attachment_unsupported attachment_name_mismatch attachment_too_large attachment_not_found outcome_unknown not_found not_signed_in not_allowed invalid_request conflict rate_limited token_invalid token_missing_permission page_mismatch webhook_signature_invalid body_too_large storage_unavailable unexpected unknown_meta_error".split(
    " ",
  );

describe("catalogue of faults", () => {
  it("has every code the API promises", () => {
    expect(API_CODES.filter((code) => !Object.hasOwn(FAULTS, code))).toEqual([]);
  });

  it.each(entries)("%s is told whole in both languages, in plain words", (code, fault) => {
    expect(code).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(fault.source.length).toBeGreaterThan(5);
    for (const words of [fault.en, fault.zhTW]) {
      expect(words.title.length).toBeLessThanOrEqual(60);
      for (const text of [words.title, words.explain, words.fix]) expect(text.trim()).not.toBe("");
    }
    const en = Object.values(fault.en).join(" ");
    const zh = Object.values(fault.zhTW).join(" ");
    expect(en).not.toMatch(/\p{Script=Han}/u);
    expect(zh).toMatch(/\p{Script=Han}/u);
    // Half-width punctuation beside Chinese characters reads as unedited.
    expect(zh).not.toMatch(/\p{Script=Han}[,;:!?]|[,;:!?]\p{Script=Han}/u);
    expect(fault.en.explain).toMatch(/[.?”]$/);
    expect(fault.zhTW.explain).toMatch(/[。？」]$/);
  });

  it("no code is defined twice", () => {
    const dir = join(import.meta.dirname, "../src/faults");
    const codes = readdirSync(dir)
      .filter((name) => name.startsWith("entries-"))
      .flatMap((name) => [...readFileSync(join(dir, name), "utf8").matchAll(/^ {2}(\w+): \{$/gm)].map((m) => m[1]!));
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([]);
    expect(codes.sort()).toEqual(entries.map(([code]) => code).sort());
  });

  it("S12 an unknown code reads as the unknown error, names of Object included", () => {
    for (const code of ["nope", "toString", "__proto__", ""]) expect(faultOf(code)).toBe(FAULTS.unknown_meta_error);
  });

  it("S3 the first entries name the cause and the next step in the reader's language", () => {
    expect(faultText("token_password_changed", "en").explain).toContain("password");
    expect(faultText("token_password_changed", "zh-TW").explain).toContain("密碼");
    expect(faultText("window_closed", "en").explain).toContain("no “one more message”");
    expect(faultText("window_closed", "en").fix).toContain("next message opens the window again");
    expect(faultText("contact_cannot_receive", "en").explain).toContain("Meta does not say which");
  });

  it("every code has its page under docs/errors, up to date, and no page is orphaned (else: node scripts/gen-errors.ts)", () => {
    const expected = renderAll();
    expect(readdirSync(ERRORS_DIR).sort()).toEqual([...expected.keys()].sort());
    for (const [name, text] of expected) expect(readFileSync(join(ERRORS_DIR, name), "utf8"), name).toBe(text);
  });
});
