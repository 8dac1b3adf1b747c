import { inboxOf, isInbox } from "../routing/apps.ts";
import { moveControl, releaseControl } from "../routing/move.ts";
import { modeOf, ownerOf } from "../routing/rules.ts";
import type { Sim } from "../sim.ts";
import type { Message, Page, Thread } from "../store/types.ts";
import { endLeadAd } from "./lead-ad.ts";
import { answerFromInbox, changed, type NewMessage } from "./page-side.ts";

/**
 * The Inbox holds a conversation once a human replies there or moves it to Main (Conversation Routing, 2025-09-24); without
 * routing only when `control` says so. A person there also ends what Meta's automation holds ("You took over this chat").
 */
function inboxTakes(sim: Sim, page: Page, thread: Thread, control: boolean | undefined): void {
  if (control === false) return;
  const owner = ownerOf(page, thread, sim.now());
  if (thread.leadAd) endLeadAd(sim, thread, { complete: false, pass: false });
  if (control === true || modeOf(page, thread.platform) === "routing") {
    const inbox = inboxOf(thread.platform);
    if (owner?.appId === inbox && !owner.hold) return;
    moveControl(sim, page, thread, inbox, { how: "take" });
  } else if (owner?.hold) releaseControl(sim, thread);
}

/** A person answers in Page Inbox or Business Suite. `control` forces or suppresses what routing would do. */
export function answerInSuite(sim: Sim, page: Page, thread: Thread, content: NewMessage, control?: boolean): Message {
  inboxTakes(sim, page, thread, control);
  return answerFromInbox(sim, thread, content);
}

/** To Main: the Inbox takes control. To Done: it lets go of it. */
export function moveInSuite(sim: Sim, page: Page, thread: Thread, folder: "main" | "done", control?: boolean): void {
  thread.folder = folder;
  if (folder === "main") inboxTakes(sim, page, thread, control);
  else if (control !== false) {
    const owner = ownerOf(page, thread, sim.now());
    if (owner && isInbox(owner.appId) && !owner.hold) releaseControl(sim, thread);
  }
  changed(sim, thread);
}
