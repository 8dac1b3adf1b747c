import type { Sim } from "../../sim.ts";
import { reactionOf } from "../../store/reactions.ts";
import type { Thread } from "../../store/types.ts";
import { type GraphError, graphError } from "../error.ts";
import { asString } from "../params.ts";
import { ready } from "../ready-errors.ts";
import type { SendRequest } from "./shape.ts";

/** A typing bubble goes away by itself after about 20 s (meta-sending §1.2). */
const TYPING_MS = 20_000;

/** `typing_on`, `typing_off`, `mark_seen` and, since 2025-12-02, `react` and `unreact` (Sender actions, 2026-01-21). */
export function applySenderAction(sim: Sim, thread: Thread, request: SendRequest): GraphError | null {
  const now = sim.now();
  switch (request.senderAction) {
    case "typing_on":
      thread.pageTypingUntil = now + TYPING_MS;
      break;
    case "typing_off":
      thread.pageTypingUntil = 0;
      break;
    case "mark_seen":
      thread.pageSeenAt = now;
      break;
    case "react":
    case "unreact": {
      const mid = asString(request.actionPayload.message_id) ?? "";
      const message = thread.messages.find((candidate) => candidate.mid === mid);
      if (message?.removed) return ready.messageGone();
      if (!message)
        return graphError(100, undefined, "(#100) Param payload[message_id] is not a message of this conversation.");
      message.reactions = message.reactions.filter((reaction) => reaction.by !== "page");
      if (request.senderAction === "react") {
        const reaction = asString(request.actionPayload.reaction) ?? "love";
        message.reactions.push({ by: "page", ...reactionOf(reaction) });
      }
      break;
    }
    default:
      return graphError(
        100,
        undefined,
        "(#100) Param sender_action must be one of {TYPING_ON, TYPING_OFF, MARK_SEEN, REACT, UNREACT}",
      );
  }
  sim.store.touch();
  sim.bus.emit({ type: "thread", pageId: thread.pageId, customerId: thread.customerId });
  return null;
}
