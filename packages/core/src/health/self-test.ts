import { type FaultCode, faultOf, faultText, type Locale } from "../faults/index.ts";
import { checkChannel } from "./check-channel.ts";
import type { Bilingual } from "./check-text.ts";
import type { ChannelFacts, Check } from "./facts.ts";
import { type CheckCode, line, timeText } from "./line.ts";

/** What only a self-test tries. null: not tried, or nothing came of it. */
export interface SelfTestFacts {
  /** This server called under the address Meta is told. */
  loop: {
    url: string;
    /** `elsewhere`: taken, but not stored here. `unreached`: no connection. `wrong`: not our answer to the handshake. */
    result: "ok" | "unreached" | "wrong" | "refused" | "elsewhere";
    /** The status or the error's code. */
    message: string;
  } | null;
  record: {
    /** What reading Meta's record met. */
    read: FaultCode | "ok";
    /** The newest message Meta tells of; null: there is none. */
    newest: { at: number; here: boolean } | null;
  } | null;
  /** When Meta last took a reply of ours. */
  lastTakenAt: number | null;
}

export const SELF_TEST_STEPS = [
  "token",
  "identity",
  "permissions",
  "app_fields",
  "page_fields",
  "callback",
  "routing",
  "other_apps",
  "round_trip",
] as const;
export type SelfTestStep = (typeof SELF_TEST_STEPS)[number];

interface StepText {
  title: Bilingual;
  /** The first is what the step is about: where that could not be tried, the step could not. */
  checks: readonly [CheckCode, ...CheckCode[]];
  /** Of the others, those told even where all is well. */
  told: readonly CheckCode[];
  /** Without access to the Page there is nothing to ask. */
  needsToken: boolean;
}

const STEPS: Readonly<Record<SelfTestStep, StepText>> = {
  token: {
    title: { en: "Access", zhTW: "授權" },
    checks: ["access_token", "access_expiry", "data_access"],
    told: ["access_expiry"],
    needsToken: false,
  },
  identity: {
    title: { en: "The right Page", zhTW: "確認粉絲專頁" },
    checks: ["identity", "page_published", "instagram_link", "instagram_access"],
    told: ["page_published", "instagram_link"],
    needsToken: true,
  },
  permissions: {
    title: { en: "Permissions and tasks", zhTW: "權限與工作權限" },
    checks: ["permissions", "tasks", "optional_permissions"],
    told: ["tasks"],
    needsToken: true,
  },
  app_fields: {
    title: { en: "Events of the app", zhTW: "應用程式層級的事件訂閱" },
    checks: ["app_subscription", "callback"],
    told: ["callback"],
    needsToken: false,
  },
  page_fields: {
    title: { en: "Events of the Page", zhTW: "粉絲專頁層級的事件訂閱" },
    checks: ["page_subscription", "standby"],
    told: [],
    needsToken: true,
  },
  callback: {
    title: { en: "Address reachable, calls signed", zhTW: "網址可連線且簽章正確" },
    checks: ["callback_loop", "callback_failures", "signature_failures"],
    told: [],
    needsToken: false,
  },
  routing: {
    title: { en: "Who answers first", zhTW: "由誰先回覆" },
    checks: ["default_app", "takeover"],
    told: [],
    needsToken: true,
  },
  other_apps: {
    title: { en: "Other apps on the Page", zhTW: "粉絲專頁上的其他應用程式" },
    checks: ["other_apps"],
    told: [],
    needsToken: true,
  },
  round_trip: {
    title: { en: "There and back", zhTW: "實際往返" },
    checks: ["round_trip", "reply_taken"],
    told: ["reply_taken"],
    needsToken: true,
  },
};

/** `not_possible`: nothing could be tried, and the evidence says why. */
export interface StepVerdict {
  status: "ok" | "warn" | "fail" | "not_possible";
  evidence: string;
  fix: string;
  owner: Check["owner"];
}

export const selfTestTitle = (step: SelfTestStep, locale: Locale): string =>
  locale === "zh-TW" ? STEPS[step].title.zhTW : STEPS[step].title.en;

/** Judges one step by what has been gathered so far. Its words are those of the checks it is made of. */
export function judgeStep(
  step: SelfTestStep,
  facts: ChannelFacts,
  own: SelfTestFacts,
  now: number,
  locale: Locale,
): StepVerdict {
  const all = [...checkChannel(facts, now, locale), ...ownChecks(facts, own, now, locale)];
  const { checks, told, needsToken } = STEPS[step];
  if (needsToken && all.some((c) => c.code === "access_token" && c.status === "fail"))
    return { status: "not_possible", evidence: without(locale), fix: "", owner: "administrator" };
  const [first, ...others] = checks.flatMap((code) => all.filter((c) => c.code === code));
  return first
    ? merge(first, others, told, locale)
    : { status: "not_possible", evidence: "", fix: "", owner: "nobody" };
}

const without = (locale: Locale) =>
  locale === "zh-TW" ? "需要有效的授權才能測試。" : "This needs a working access to the Page.";

/** The worst of its checks counts; without one, whether the first could be tried. */
function merge(first: Check, others: readonly Check[], told: readonly string[], locale: Locale): StepVerdict {
  const zhTW = locale === "zh-TW";
  const join = (texts: readonly string[]) => [...new Set(texts)].filter(Boolean).join(zhTW ? "" : " ");
  const named = (check: Check) =>
    check === first ? check.evidence : `${check.title}${zhTW ? "：" : ": "}${check.evidence}`;
  for (const status of ["fail", "warn"] as const) {
    const bad = [first, ...others].filter((check) => check.status === status);
    if (bad[0])
      return { status, evidence: join(bad.map(named)), fix: join(bad.map((c) => c.fix)), owner: bad[0].owner };
  }
  const beside = others.filter(
    (check) => told.includes(check.code) && (check.status === "ok" || check.code === "reply_taken"),
  );
  const tried = first.status === "ok";
  return {
    status: tried ? "ok" : "not_possible",
    evidence: join([first.evidence, ...beside.map((check) => check.evidence)]),
    fix: tried ? "" : first.fix,
    owner: first.owner,
  };
}

function ownChecks(facts: ChannelFacts, own: SelfTestFacts, now: number, locale: Locale): Check[] {
  return [
    loop(facts, own, now, locale),
    record(facts, own, locale),
    own.lastTakenAt === null
      ? line("reply_taken", "unknown", locale, "untried")
      : line("reply_taken", "ok", locale, "ok", { time: timeText(own.lastTakenAt) }),
  ];
}

/** Events of Meta's that came this lately prove the way from outside, whatever this server sees of itself. */
const LATELY_MS = 60 * 60_000;

function loop({ lastEventAt }: ChannelFacts, { loop: found }: SelfTestFacts, now: number, locale: Locale): Check {
  if (found === null) return line("callback_loop", "unknown", locale, "unknown");
  const values = { url: found.url, message: found.message };
  if (found.result === "ok") return line("callback_loop", "ok", locale, "ok", values);
  const arrives = lastEventAt !== null && now - lastEventAt <= LATELY_MS;
  if (found.result === "unreached" && arrives) return line("callback_loop", "warn", locale, "hairpin", values);
  return line("callback_loop", "fail", locale, found.result, values);
}

function record({ connectedAt }: ChannelFacts, { record: found }: SelfTestFacts, locale: Locale): Check {
  if (found === null) return line("round_trip", "unknown", locale, "unknown");
  if (found.read !== "ok") {
    const { explain, fix } = faultText(found.read, locale);
    return line("round_trip", "fail", locale, "", {}, { evidence: explain, fix, owner: faultOf(found.read).owner });
  }
  if (found.newest === null) return line("round_trip", "unknown", locale, "empty");
  const values = { time: timeText(found.newest.at) };
  if (found.newest.here) return line("round_trip", "ok", locale, "here", values);
  if (found.newest.at < connectedAt) return line("round_trip", "ok", locale, "older", values);
  return line("round_trip", "warn", locale, "missing", values);
}
