import type { Contact } from "@firstline/contracts";

export type CameBy = "ad" | "shop" | "link" | "plugin" | "other";

/** What kind of door a customer came through, by Meta's name of the source (messaging_referrals, read 2026-11). */
export function cameBy(referral: Pick<NonNullable<Contact["referral"]>, "source" | "adId" | "productId">): CameBy {
  const { source, adId, productId } = referral;
  if (source === "ADS" || adId !== null) return "ad";
  if (productId !== null || source === "PRODUCT" || source === "SHOPS") return "shop";
  if (source === "SHORTLINK" || source === "IGME") return "link";
  return source === "CUSTOMER_CHAT_PLUGIN" ? "plugin" : "other";
}
