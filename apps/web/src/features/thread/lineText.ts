import type { Activity } from "@firstline/contracts";

/** Which text tells a line, and the names it is filled with. Text keys are below `line.` of the thread's words. */
export interface LineText {
  key: string;
  /** Whose id of Meta's the line leads to, where it tells of one message. */
  mid: string | null;
}

const text = (value: string | number | null | undefined): string | null =>
  value === null || value === undefined || value === "" ? null : String(value);

/** Chooses the words of a line by what it tells. Pure: every kind of activity but a note has some. */
export function lineText(activity: Activity): LineText {
  const { kind, data, memberId, memberName, targetName } = activity;
  const plain = (key: string): LineText => ({ key, mid: null });
  switch (kind) {
    case "assigned":
      return plain(targetName !== null && targetName === memberName ? "tookOver" : "assigned");
    case "resolved":
    case "reopened":
      return plain(memberId ? kind : `${kind}Auto`);
    case "control_requested":
      // Meta's event names who asks us; what the team asked for names nobody.
      return plain(data.holder === undefined ? "control_requested" : "control_requestedFromUs");
    case "optin":
      return plain(text(activity.text) ? "optinFor" : "optin");
    case "response_feedback": {
      const good = /^good/i.test(activity.text ?? "");
      const bad = /^bad/i.test(activity.text ?? "");
      return { key: good ? "feedbackGood" : bad ? "feedbackBad" : "feedback", mid: text(data.mid) };
    }
    case "comment":
      return plain(text(activity.text) ? "comment" : "commentEmpty");
    default:
      return plain(kind);
  }
}

/** The one thing a line names beside people: a label, what was opted in to, what was written under a post. */
export const lineSubject = ({ text: words, data }: Activity): string =>
  text(words) ?? text(data.label) ?? text(data.formId) ?? "";
