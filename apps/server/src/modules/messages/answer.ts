import type { SendAnswer } from "@firstline/core";
import { UploadAnswer, SendAnswer as WireSendAnswer } from "@firstline/meta-wire";
import type { GraphAnswer } from "../../platform/graph/client.ts";

/** Reads the id of what Meta took out of a 2xx body; null: there is none. */
export type ReadId = (body: unknown) => string | null;

export const messageId: ReadId = (body) => WireSendAnswer.safeParse(body).data?.message_id ?? null;
export const attachmentId: ReadId = (body) => UploadAnswer.safeParse(body).data?.attachment_id ?? null;

/** Whom a message reached, by the id for messages; null: not told. */
export const recipientId = (answer: GraphAnswer | null): string | null =>
  answer?.kind === "answer" ? (WireSendAnswer.safeParse(answer.body).data?.recipient_id ?? null) : null;

/** How a call ended, for the rules. */
export function toSendAnswer(answer: GraphAnswer, readId: ReadId): SendAnswer {
  if (answer.kind === "no_answer") return answer.written ? { kind: "no_answer" } : { kind: "not_sent" };
  if (answer.error)
    return {
      kind: "refused",
      httpStatus: answer.httpStatus,
      code: answer.error.code,
      subcode: answer.error.subcode,
      message: answer.error.message,
      isTransient: answer.error.transient,
    };
  if (answer.httpStatus >= 200 && answer.httpStatus < 300)
    return { kind: "accepted", httpStatus: answer.httpStatus, messageId: readId(answer.body) };
  return { kind: "unreadable", httpStatus: answer.httpStatus };
}

/** Meta's own words, or what the network said; null: no call was made, or nothing went wrong. */
export const rawOf = (answer: GraphAnswer | null): string | null =>
  answer === null ? null : answer.kind === "answer" ? (answer.error?.message ?? null) : answer.message;
