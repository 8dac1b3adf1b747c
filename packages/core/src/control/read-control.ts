import { classifySource } from "../source/index.ts";
import {
  type ControlEvidence,
  type ControlFacts,
  type ControlLine,
  type HolderIdentity,
  identityOf,
  type ThreadHolder,
} from "./evidence.ts";

/** Control expires 24 hours after the customer's last action, unless it was extended (Conversation Routing, 2025-09-24). */
export const IDLE_AFTER_MS = 24 * 3_600_000;

/** What is said outright beats what is concluded, where both carry the same time. */
const RANK: Readonly<Record<ControlEvidence["kind"], number>> = {
  standby: 0,
  echo: 1,
  refused: 2,
  owner: 3,
  take: 4,
  pass: 5,
  released: 6,
};

interface Hold {
  who: HolderIdentity;
  since: number;
  /** The end Meta told, and when it told it. */
  until: number | null;
  toldAt: number;
  line: ControlLine;
}

export interface ControlReading {
  /** Who holds the thread when it is not this app; null: this app, or nobody. */
  holder: ThreadHolder | null;
  /** Every change that the evidence shows, oldest first. */
  lines: ControlLine[];
}

/**
 * Who holds a thread, from everything that tells it, in any order. The newest evidence wins; a customer event that came to us
 * as the holder after it shows that nobody else does. Nothing here may be a message's text: Meta's notices were found
 * unreliable as state (of 37 refused sends, 27 had no notice; production, 2026).
 */
export function readControl(evidence: readonly ControlEvidence[], facts: ControlFacts): ControlReading {
  const lines: ControlLine[] = [];
  let hold: Hold | null = null;
  const ordered = evidence.toSorted(inOrder);

  let primaryAt: number | null = null;
  for (const [n, e] of ordered.entries()) {
    const ours = e.kind === "released" || (e.holder !== "" && e.holder === facts.ownAppId);
    if (ours) {
      const from = hold?.who ?? handedOver(e, facts.ownAppId);
      if (from) lines.push({ kind: "control_returned", at: e.at, holder: from });
      hold = null;
    } else {
      hold = held(hold, e, facts.ownAppId, lines);
    }
    primaryAt = e.primaryAt ?? primaryAt;
    if (ordered[n + 1]?.at === e.at) continue;
    if (hold && primaryAt !== null) {
      lines.push({ kind: "control_returned", at: primaryAt, holder: hold.who });
      hold = null;
    }
    primaryAt = null;
  }

  const last = ordered.at(-1);
  const told = lastOfEach(lines);
  if (!hold || !last || (facts.primaryAt !== null && facts.primaryAt > last.at)) return { holder: null, lines: told };
  return { holder: { ...hold.who, since: hold.since, until: endOf(hold, last.at, facts.customerAt) }, lines: told };
}

/** Who holds a thread; see {@link readControl}. */
export const holderOf = (evidence: readonly ControlEvidence[], facts: ControlFacts): ThreadHolder | null =>
  readControl(evidence, facts).holder;

/** Another app has it: a new hold, or more about the one there is. */
function held(hold: Hold | null, e: ControlEvidence, ownAppId: string, lines: ControlLine[]): Hold {
  const who = whoIs(e.holder, e.metadata, ownAppId);
  const moved = e.kind === "take" || e.kind === "pass";
  if (hold && ((who.kind === "unknown" && !moved) || same(hold.who, who))) {
    const told = e.until !== null || moved;
    return told ? { ...hold, until: e.until, toldAt: e.at } : hold;
  }
  // The first sign does not say who; the next may. It was the same hold all along, and its line says so.
  if (hold && hold.who.kind === "unknown" && !moved) {
    hold.line.holder = who;
    return { ...hold, who, ...(e.until === null ? {} : { until: e.until, toldAt: e.at }) };
  }
  const line: ControlLine = { kind: "control_held", at: e.at, holder: who };
  lines.push(line);
  return { who, since: e.at, until: e.until, toldAt: e.at, line };
}

/** Control that came to us, though nobody was known to have it: a lead ad's flow runs unseen and only its end is told. */
function handedOver(e: ControlEvidence, ownAppId: string): HolderIdentity | null {
  if (e.kind === "released" || e.previous === null || e.previous === "" || e.previous === ownAppId) return null;
  return whoIs(e.previous, null, ownAppId);
}

/** Of changes at the same time only the last of a kind is told: nobody could tell them apart. */
const lastOfEach = (lines: readonly ControlLine[]): ControlLine[] => [
  ...new Map(lines.map((line) => [`${line.kind}|${line.at}`, line])).values(),
];

function endOf(hold: Hold, lastAt: number, customerAt: number | null): number {
  const idle = (customerAt ?? lastAt) + IDLE_AFTER_MS;
  // Somebody holds it although it should be idle: the hold was extended, or began after the customer's last word.
  const byItself = idle > lastAt ? idle : lastAt + IDLE_AFTER_MS;
  if (hold.until === null) return byItself;
  return customerAt !== null && customerAt > hold.toldAt ? Math.max(hold.until, byItself) : hold.until;
}

/** Names an app as the holder of a thread. */
export const whoIs = (appId: string, metadata: string | null, ownAppId: string): HolderIdentity =>
  identityOf(classifySource({ appId: appId || null, metadata, aiGenerated: false, text: null, ownAppId }));

const same = (a: HolderIdentity, b: HolderIdentity) => a.kind === b.kind && a.appId === b.appId;

const inOrder = (a: ControlEvidence, b: ControlEvidence) =>
  a.at - b.at || RANK[a.kind] - RANK[b.kind] || (a.holder < b.holder ? -1 : a.holder > b.holder ? 1 : 0);
