import { i1 } from "./rows/i1-instagram.ts";
import { i1Link } from "./rows/i1-link.ts";
import { o1, o2 } from "./rows/o1-o2-guests.ts";
import { o3, o5 } from "./rows/o3-o5-access.ts";
import { o3Tokens } from "./rows/o3-tokens.ts";
import { o4Templates } from "./rows/o4-templates.ts";
import { o4 } from "./rows/o4-ways.ts";
import { o5Removal } from "./rows/o5-removal.ts";
import { r1 } from "./rows/r1-page-to-page.ts";
import { r2 } from "./rows/r2-automation.ts";
import { r3 } from "./rows/r3-sources.ts";
import { r4 } from "./rows/r4-control.ts";
import { r5Kinds } from "./rows/r5-kinds.ts";
import { r5 } from "./rows/r5-loss.ts";
import { r6 } from "./rows/r6-trace.ts";
import { s1Comments } from "./rows/s1-comments.ts";
import { s1 } from "./rows/s1-window.ts";
import { s2 } from "./rows/s2-human-agent.ts";
import { s3, s4 } from "./rows/s3-s4-session.ts";
import { s3Accounts, s4Accounts, s5Accounts } from "./rows/s3-s5-accounts.ts";
import { s5 } from "./rows/s5-reauthorise.ts";
import { s6 } from "./rows/s6-unavailable.ts";
import { s7 } from "./rows/s7-attachments.ts";
import { s8, s9, s10 } from "./rows/s8-s10-sending.ts";
import { s9Limits } from "./rows/s9-limits.ts";
import { s10Answers } from "./rows/s10-answers.ts";
import { s11, s12 } from "./rows/s11-s12-refusals.ts";
import type { Scenario } from "./types.ts";

/** Every scenario, in the order of the requirements. */
export const SCENARIOS: Scenario[] = [
  ...[
    s1,
    s1Comments,
    s2,
    s3,
    s3Accounts,
    s4,
    s4Accounts,
    s5,
    s5Accounts,
    s6,
    s7,
    s8,
    s9,
    s9Limits,
    s10,
    s10Answers,
    s11,
    s12,
  ],
  ...[r1, r2, r3, r4, r5, r5Kinds, r6],
  ...[o1, o2, o3, o3Tokens, o4, o4Templates, o5, o5Removal, i1, i1Link],
].flat();
