import type { Page } from "../../store/types.ts";
import { writeToCheckbox } from "../../world/strangers.ts";
import type { Auth } from "../auth.ts";
import type { Call } from "../call.ts";
import { ready } from "../ready-errors.ts";
import { takeContent } from "./accept.ts";
import { windowFault } from "./policy.ts";
import type { SendRequest } from "./shape.ts";

/**
 * A send to whoever ticked the checkbox plugin, named by `user_ref`: accepted within the window the tick opened, answered
 * without `recipient_id` (Send API reference; meta-sending §1.2, meta-receiving §5.3).
 */
export async function sendToUserRef(call: Call, auth: Auth, page: Page, request: SendRequest): Promise<unknown> {
  const { sim } = call;
  const box = page.checkboxes?.find((one) => one.userRef === request.userRef);
  if (!box) throw ready.noMatchingUser();
  if (page.restricted) throw ready.restricted(page.restrictedAs);
  const customer = box.customerId === null ? undefined : sim.store.customer(box.customerId);
  const thread = customer && sim.store.thread(customer);
  const clock = { pageId: page.id, lastActionAt: Math.max(box.at, thread?.lastActionAt ?? 0) };
  const closed = windowFault(sim, request, clock, "messenger");
  if (closed) throw closed;
  if (request.senderAction) return {};
  const { attachments } = await takeContent(call, page, "messenger", request);
  const message = writeToCheckbox(sim, box, {
    appId: auth.app.id,
    attachments,
    ...(request.text !== null && { text: request.text }),
    ...(request.metadata !== null && { metadata: request.metadata }),
  });
  return { message_id: message.mid };
}
