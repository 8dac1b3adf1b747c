import { isRecord, readFlag, readId, readText, type WireRecord } from "@firstline/meta-wire";
import type { InboundEvent, Referral } from "../channel.ts";
import { readEventTime, readParties, type Scene, unplacedEvent } from "./scene.ts";

/** Where the customer came from, as it stands in a message, a postback or alone; null where there is none. */
export function readReferral(value: unknown): Referral | null {
  if (!isRecord(value)) return null;
  const ad = isRecord(value.ads_context_data) ? value.ads_context_data : {};
  return {
    source: readText(value.source),
    type: readText(value.type),
    ref: readText(value.ref),
    adId: readId(value.ad_id),
    adTitle: readText(ad.ad_title),
    productId: isRecord(value.product) ? readId(value.product.id) : readId(ad.product_id),
    isGuest: readFlag(value.is_guest_user),
  };
}

/** `type` of a lead ad's form answered to the end ("Lead generation ads", 2026-05-05). */
export const LEAD_COMPLETE = "LEAD_COMPLETE";

/** `SHORTLINKS` is what Instagram prints beside `SHORTLINK` (Instagram webhooks, ig.me links, read 2026-11). */
const LINKS: ReadonlySet<string> = new Set(["SHORTLINK", "SHORTLINKS"]);

/**
 * A referral into an existing thread. An m.me or ig.me link opens the window by itself; an ad only with the message that
 * follows ("Send Messages", 2026-05-05), and a completed lead form, whose last answer was one.
 */
export function readReferralEvent(event: WireRecord, value: WireRecord, scene: Scene): InboundEvent {
  const parties = readParties(event, scene, false);
  const referral = readReferral(value);
  if (!parties.ok || parties.outbound || referral === null)
    return unplacedEvent(event, scene, "referral", parties.ok ? "self" : parties.reason);
  return {
    type: "referral",
    platform: scene.platform,
    accountId: parties.accountId,
    contactId: parties.contactId,
    at: readEventTime(event, scene),
    standby: scene.standby,
    referral,
    opensWindow: LINKS.has(referral.source ?? "") || referral.type === LEAD_COMPLETE,
  };
}
