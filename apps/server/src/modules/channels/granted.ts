import type { FaultCode } from "@firstline/core";
import type { GraphPage } from "@firstline/meta-wire";
import type { Platform } from "../../adapters/channel.ts";
import type { Deps } from "../../deps.ts";
import { Secret } from "../../platform/secrets/index.ts";
import { readPages } from "./accounts.ts";
import type { UserAccess } from "./dialog.ts";
import { isInstagramAccessOff } from "./instagram-access.ts";
import { type Granted, LISTING_SCOPE, lackingScopes, missingScopes, missingUseful } from "./scopes.ts";
import { nameOf } from "./verify.ts";

/** A Page or account that came with a login, judged. */
export interface GrantedAccount {
  platform: Platform;
  externalId: string;
  name: string;
  pageId: string;
  pageName: string;
  token: string | null;
  /** What keeps it from being connected. */
  missing: FaultCode[];
  missingPermissions: string[];
  /** What is worth knowing and keeps nobody from connecting it. */
  notes: FaultCode[];
  /** Permissions of parts of the product that were not granted for it. */
  without: string[];
}

/** What came with a login: who gave it, which permissions were left out, and the Pages and accounts. */
export interface LoginGrant {
  by: { kind: "person" | "system_user"; name: string | null };
  declined: string[];
  accounts: GrantedAccount[];
}

/** Looked at one by one before the choice is offered; of any further one connecting tells. */
const MOST_LOOKED_AT = 20;

/** Reads everything a login gave access to. @throws ApiError saying what Meta said. */
export async function readGrant(deps: Deps, { token, debug }: UserAccess): Promise<LoginGrant> {
  const pages = await readPages(deps, token);
  const accounts = pages.flatMap((page) => accountsOf(page, debug));
  await lookAtInstagram(deps, accounts);
  return {
    by: { kind: debug.type === "SYSTEM_USER" ? "system_user" : "person", name: await nameOf(deps, token) },
    declined: declinedOf(debug),
    accounts,
  };
}

function accountsOf(page: GraphPage, granted: Granted): GrantedAccount[] {
  const ig = page.instagram_business_account;
  const of = (platform: Platform, externalId: string, name: string): GrantedAccount => {
    const targets = [page.id, externalId];
    const missingPermissions = missingScopes(granted, platform, targets);
    return {
      platform,
      externalId,
      name,
      pageId: page.id,
      pageName: page.name,
      token: page.access_token ?? null,
      missing: [...lacksOf(page), ...(missingPermissions.length > 0 ? (["token_missing_permission"] as const) : [])],
      missingPermissions,
      notes: platform === "messenger" && !ig ? ["instagram_not_linked"] : [],
      without: missingUseful(granted, platform, targets),
    };
  };
  return [of("messenger", page.id, page.name), ...(ig ? [of("instagram", ig.id, ig.username ?? page.name)] : [])];
}

/** What the person may not do on the Page, or what is the matter with the Page itself. */
function lacksOf(page: GraphPage): FaultCode[] {
  const may = (...tasks: string[]) => tasks.some((task) => page.tasks.includes(task));
  if (page.is_published === false) return ["page_not_accessible"];
  if (!may("MESSAGING") || !may("MANAGE", "MODERATE", "CREATE_CONTENT")) return ["page_task_missing"];
  return page.access_token ? [] : ["page_not_accessible"];
}

async function lookAtInstagram(deps: Deps, accounts: GrantedAccount[]): Promise<void> {
  const looked = accounts.filter((a) => a.platform === "instagram" && a.token && a.missing.length === 0);
  for (let n = 0; n < Math.min(looked.length, MOST_LOOKED_AT); n += 5)
    await Promise.all(
      looked.slice(n, Math.min(n + 5, MOST_LOOKED_AT)).map(async (account) => {
        if (await isInstagramAccessOff(deps, account.pageId, new Secret(account.token!)))
          account.notes.push("instagram_access_off");
      }),
    );
}

/** Permissions switched off for all Pages. */
function declinedOf({ scopes }: Granted): string[] {
  const everywhere = { scopes, granular_scopes: [] };
  const asked = (["messenger", "instagram"] as const).flatMap((platform) => lackingScopes(everywhere, platform, []));
  return [...new Set([...(scopes.includes(LISTING_SCOPE) ? [] : [LISTING_SCOPE]), ...asked])];
}
