import { type FaultCode, type FaultOwner, faultOf, faultText, type Locale } from "../faults/index.ts";
import type { Check } from "../health/index.ts";
import type { Platform } from "../ways/index.ts";

/** What can become an incident: the state of a channel, the loss of one of several authorisers, and some of the checks. */
export type IncidentCode =
  | "channel_needs_reauthorization"
  | "channel_restricted"
  | "authorizer_lost"
  | "access_expiry"
  | "data_access"
  | "permissions"
  | "tasks"
  | "identity"
  | "page_published"
  | "instagram_link"
  | "instagram_access"
  | "page_subscription"
  | "app_subscription"
  | "standby"
  | "callback"
  | "callback_failures"
  | "signature_failures"
  | "silence"
  | "kind_silence"
  | "clock"
  | "graph_version"
  | "app_access"
  | "rate_usage"
  | "reconciliation"
  | "notices";

/** `critical`: customers are not heard or not answered. `warning`: they will be, or only partly. */
export type IncidentSeverity = "critical" | "warning";

export interface IncidentWords {
  title: string;
  evidence: string;
  fix: string;
}

/** One question about one subject, answered by one look. */
export interface Judgement {
  code: IncidentCode;
  /** `channel`: this one. `app`: what all channels of the platform share, so it is one incident for all of them. */
  level: "channel" | "app";
  /** `unknown`: could not be read; nothing is opened or closed by it. */
  status: "bad" | "good" | "unknown";
  severity: IncidentSeverity;
  /** Opened at the first look; otherwise it takes two. */
  atOnce: boolean;
  owner: FaultOwner;
  words: Record<Locale, IncidentWords>;
}

/** The part of a channel's state that is known at once, whoever changed it. */
export interface StateFacts {
  platform: Platform;
  name: string;
  state: "healthy" | "degraded" | "needs_reauthorization" | "restricted" | "disconnected";
  stateFault: FaultCode | null;
  /** The authoriser that died last while another lives, if nobody has taken its place; null: none. */
  lost: { name: string | null; fault: FaultCode | null; nowUsed: string | null } | null;
}

/** The codes {@link judgeState} answers; all others are answered by {@link judgeChecks}. */
export const STATE_CODES = ["channel_needs_reauthorization", "channel_restricted", "authorizer_lost"] as const;

/** Whether replies stop, and whether a spare authoriser is gone. Always answered, all codes, and acted on at once. */
export function judgeState(facts: StateFacts): Judgement[] {
  const { state, stateFault, lost } = facts;
  return [
    aboutFault(
      "channel_needs_reauthorization",
      state === "needs_reauthorization",
      stateFault ?? "channel_needs_reauthorization",
    ),
    aboutFault("channel_restricted", state === "restricted", stateFault ?? "channel_restricted"),
    {
      code: "authorizer_lost",
      level: "channel",
      status: lost && (state === "healthy" || state === "degraded" || state === "restricted") ? "bad" : "good",
      severity: "warning",
      atOnce: true,
      owner: "administrator",
      words: { en: lostWords(lost, "en"), "zh-TW": lostWords(lost, "zh-TW") },
    },
  ];
}

function aboutFault(code: IncidentCode, bad: boolean, fault: FaultCode): Judgement {
  const say = (locale: Locale): IncidentWords => {
    const { title, explain, fix } = faultText(fault, locale);
    return { title, evidence: explain, fix };
  };
  return {
    code,
    level: "channel",
    status: bad ? "bad" : "good",
    severity: "critical",
    atOnce: true,
    owner: faultOf(fault).owner,
    words: { en: say("en"), "zh-TW": say("zh-TW") },
  };
}

function lostWords(lost: StateFacts["lost"], locale: Locale): IncidentWords {
  const why = lost?.fault ? faultText(lost.fault, locale).title : "";
  if (locale === "zh-TW") {
    const who = lost?.name ?? "一位授權者";
    return {
      title: "一份授權已失效，改用另一份",
      evidence: `${who} 的授權已無法使用${why && `（${why}）`}，現在使用 ${lost?.nowUsed ?? "另一份授權"}，收發沒有中斷。`,
      fix: "請另一位粉絲專頁管理員到「管道」頁面授權，讓此管道再次有備用授權。",
    };
  }
  const who = lost?.name ?? "One authoriser";
  return {
    title: "An authorisation died, another took over",
    evidence: `The authorisation of ${who} no longer works${why && ` (${why})`}. That of ${lost?.nowUsed ?? "another authoriser"} is used now; nothing was interrupted.`,
    fix: "Another administrator of the Page connects it again under Channels, so that the channel has a spare one.",
  };
}

/**
 * Checks that make incidents, and at which level. The others tell of lasting facts (a permission never asked for, other apps on
 * the Page) or of what is over (losses), and the access and the restriction are the channel's state.
 */
const FROM_CHECKS: Readonly<Partial<Record<string, "channel" | "app">>> = {
  access_expiry: "channel",
  data_access: "channel",
  permissions: "channel",
  tasks: "channel",
  identity: "channel",
  page_published: "channel",
  instagram_link: "channel",
  instagram_access: "channel",
  page_subscription: "channel",
  app_subscription: "app",
  standby: "channel",
  callback: "app",
  callback_failures: "app",
  signature_failures: "app",
  silence: "channel",
  kind_silence: "channel",
  clock: "app",
  graph_version: "app",
  app_access: "channel",
  rate_usage: "channel",
  reconciliation: "channel",
  notices: "channel",
};

/** A warning of these tells of what is over, or of what a stranger could bring about at will: no incident. */
const ONLY_FAILING: ReadonlySet<string> = new Set(["callback_failures", "signature_failures", "rate_usage"]);

/** What a channel's checks say of possible incidents; the two lists are the same checks in the two languages. */
export function judgeChecks(en: readonly Check[], zhTW: readonly Check[]): Judgement[] {
  return en.flatMap((check, n) => {
    const level = FROM_CHECKS[check.code];
    const other = zhTW[n];
    if (!level || !other) return [];
    const words = ({ title, evidence, fix }: Check): IncidentWords => ({ title, evidence, fix });
    return [
      {
        code: check.code as IncidentCode,
        level,
        status: statusOf(check),
        severity: check.status === "fail" ? "critical" : "warning",
        atOnce: false,
        owner: check.owner,
        words: { en: words(check), "zh-TW": words(other) },
      } satisfies Judgement,
    ];
  });
}

function statusOf({ code, status }: Check): Judgement["status"] {
  if (status === "unknown") return "unknown";
  return status === "ok" || (status === "warn" && ONLY_FAILING.has(code)) ? "good" : "bad";
}
