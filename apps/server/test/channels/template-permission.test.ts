import { expect, test } from "vitest";
import { adapterFor } from "../../src/adapters/index.ts";
import { pageSubscription } from "../../src/modules/channels/subscription.ts";
import { allowsTemplates } from "../../src/modules/channels/template-permission.ts";

const FIELD = "message_template_status_update";
const fields = (platform: "messenger" | "instagram", scopes: string[]) =>
  (pageSubscription(adapterFor(platform), "1", scopes).form?.subscribed_fields ?? "").split(",");

test("O4 verdicts on templates are subscribed unless the token is known to lack the permission, which takes nothing else away", () => {
  for (const platform of ["messenger", "instagram"] as const) {
    const all = fields(platform, ["pages_messaging", "pages_utility_messaging"]);
    expect(all).toContain(FIELD);
    expect(fields(platform, [])).toEqual(all);
    expect(fields(platform, ["pages_messaging"])).toEqual(all.filter((field) => field !== FIELD));
  }
});

test("O4 the permission is known under both of Meta's spellings", () => {
  expect(allowsTemplates(["pages_utility_messaging"])).toBe(true);
  expect(allowsTemplates(["page_utility_messaging"])).toBe(true);
  expect(allowsTemplates(["pages_messaging"])).toBe(false);
  expect(allowsTemplates([])).toBeNull();
});
