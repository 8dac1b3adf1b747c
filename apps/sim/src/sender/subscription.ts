import type { Store } from "../store/store.ts";
import type { MetaApp, Page, PageInstall, QueuedEvent } from "../store/types.ts";
import { ALERT_AFTER_MS, DISABLE_AFTER_MS, waitAfter } from "./retry.ts";

/** Why an event is not sent to an app, or null: it must be subscribed at app level and at Page level (meta-receiving §1.1). */
export function missingSubscription(app: MetaApp, page: Page, object: string, field: string): string | null {
  const appLevel = app.subscriptions.find((subscription) => subscription.object === object && subscription.active);
  if (!appLevel?.fields.includes(field)) return `app level: ${object} has no subscription for ${field}`;
  const install = page.installs.find((candidate) => candidate.appId === app.id);
  if (!install) return "Page level: the app is not subscribed to this Page";
  if (page.deleted) return "the Page is deleted";
  if (object === "instagram" && page.instagram?.personal) return "the Instagram account is personal: no API reaches it";
  if (object === "instagram" && page.instagramAccess === false)
    return "Instagram app: Connected Tools, Allow access to messages is off";
  // Instagram through a linked Page needs some Page field, not this very one (meta-receiving §1.1.3).
  if (object === "page" && !install.fields.includes(field)) return `Page level: ${field} is not subscribed`;
  return null;
}

export function installOf(store: Store, item: Pick<QueuedEvent, "pageId" | "appId">): PageInstall | undefined {
  return store.page(item.pageId)?.installs.find((install) => install.appId === item.appId);
}

export function healed(install: PageInstall | undefined): void {
  if (!install) return;
  install.failingSince = null;
  install.alerted = false;
}

export type Verdict = "retry" | "give_up" | "disable" | "gone";

/**
 * What becomes of an event that could not be delivered: another try, later and later; after 15 minutes of failing an alert;
 * after an hour the app is unsubscribed for that Page (Messenger Platform, Webhooks; meta-receiving §1.6).
 */
export function judgeFailure(store: Store, item: QueuedEvent, what: string, now: number): Verdict {
  const speed = store.state.faults.retryClock;
  item.attempts += 1;
  item.firstFailedAt ??= now;
  const install = installOf(store, item);
  if (!install) return "gone";
  install.failingSince ??= now;
  const failingFor = (now - install.failingSince) * speed;
  if (failingFor >= ALERT_AFTER_MS && !install.alerted) {
    install.alerted = true;
    alert(store, "warning", item, `Your webhook has been failing for 15 minutes (${what}).`);
  }
  if (failingFor >= DISABLE_AFTER_MS) {
    alert(
      store,
      "disabled",
      item,
      `Webhooks Disabled: failing for 1 hour (${what}). Subscribe the Page again after fixing.`,
    );
    return "disable";
  }
  if ((now - item.firstFailedAt) * speed >= DISABLE_AFTER_MS) {
    alert(store, "lost", item, `One event was given up after an hour of failing (${what}).`);
    return "give_up";
  }
  const deadlines = [install.failingSince + DISABLE_AFTER_MS / speed];
  if (!install.alerted) deadlines.push(install.failingSince + ALERT_AFTER_MS / speed);
  item.dueAt = Math.min(now + waitAfter(item.attempts, speed), ...deadlines.filter((deadline) => deadline > now));
  return "retry";
}

function alert(store: Store, level: "warning" | "disabled" | "lost", item: QueuedEvent, text: string): void {
  store.state.alerts.push({ at: Date.now(), level, appId: item.appId, pageId: item.pageId, text });
  store.touch();
}
