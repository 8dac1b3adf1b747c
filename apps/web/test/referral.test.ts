import { expect, test } from "vitest";
import { cameBy } from "../src/features/contact/referral.ts";

const referral = (change: { source?: string; adId?: string; productId?: string }) => ({
  source: null,
  adId: null,
  productId: null,
  ...change,
});

test.each([
  [{ source: "ADS", adId: "63" }, "ad"],
  [{ adId: "63" }, "ad"],
  [{ productId: "P1" }, "shop"],
  [{ source: "SHORTLINK" }, "link"],
  [{ source: "CUSTOMER_CHAT_PLUGIN" }, "plugin"],
  [{ source: "SOMETHING_NEW" }, "other"],
  [{}, "other"],
])("R2 a customer came by what Meta's source says: %o is %s", (change, expected) => {
  expect(cameBy(referral(change))).toBe(expected);
});
