import { describe, expect, it } from "vitest";
import { ASKED_SCOPES, lackingScopes, missingScopes, missingUseful, NEEDED_SCOPES } from "./scopes.ts";

const PAGE = "108123450000001";
const ACCOUNT = "17841400000009001";
const all = { scopes: ASKED_SCOPES, granular_scopes: [] };
const limited = (scope: string, ids: string[]) => ({
  scopes: ASKED_SCOPES,
  granular_scopes: [{ scope, target_ids: ids }],
});

describe("permissions of a token for one account", () => {
  it("S5 everything the product uses is asked for, once", () => {
    expect(new Set(ASKED_SCOPES).size).toBe(ASKED_SCOPES.length);
    for (const platform of ["messenger", "instagram"] as const)
      expect(lackingScopes(all, platform, [PAGE, ACCOUNT])).toEqual([]);
  });

  it("S5 a permission limited to other accounts is missing here; limited to this one, or to all, it is not", () => {
    expect(missingScopes(limited("pages_messaging", ["1", "2"]), "messenger", [PAGE])).toEqual(["pages_messaging"]);
    expect(missingScopes(limited("pages_messaging", []), "messenger", [PAGE])).toEqual(["pages_messaging"]);
    expect(missingScopes(limited("pages_messaging", ["1", PAGE]), "messenger", [PAGE])).toEqual([]);
    expect(missingScopes(limited("instagram_manage_messages", [ACCOUNT]), "instagram", [PAGE, ACCOUNT])).toEqual([]);
  });

  it("S5 what only parts of the product use never counts as missing", () => {
    const bare = { scopes: NEEDED_SCOPES.messenger, granular_scopes: [] };
    expect(missingScopes(bare, "messenger", [PAGE])).toEqual([]);
    expect(missingUseful(bare, "messenger", [PAGE])).toEqual([
      "pages_read_engagement",
      "pages_utility_messaging",
      "pages_read_user_content",
    ]);
  });

  it("O4 templates are allowed by either spelling", () => {
    const other = { scopes: ["page_utility_messaging"], granular_scopes: [] };
    expect(missingUseful(other, "messenger", [PAGE])).not.toContain("pages_utility_messaging");
  });
});
