import type { Page, StoredAttachment } from "../../store/types.ts";
import { writeToCheckbox } from "../../world/strangers.ts";
import type { Auth } from "../auth.ts";
import type { Call } from "../call.ts";
import { ready } from "../ready-errors.ts";
import { takeMedia } from "./media.ts";
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
  if (page.restricted) throw ready.restricted();
  const customer = box.customerId === null ? undefined : sim.store.customer(box.customerId);
  const thread = customer && sim.store.thread(customer);
  const closed = windowFault(request, Math.max(box.at, thread?.lastActionAt ?? 0), "messenger", sim.now());
  if (closed) throw closed;
  if (request.senderAction) return {};
  const attachments: StoredAttachment[] = [];
  for (const one of request.attachments)
    attachments.push((await takeMedia(sim, page, "messenger", one, call.files, false)).stored);
  const message = writeToCheckbox(sim, box, {
    appId: auth.app.id,
    attachments,
    ...(request.text !== null && { text: request.text }),
    ...(request.metadata !== null && { metadata: request.metadata }),
  });
  return { message_id: message.mid };
}
