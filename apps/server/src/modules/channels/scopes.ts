import type { Platform } from "../../adapters/channel.ts";

/** Permissions without which a channel cannot receive and answer (facts: sending §6.2). */
export const NEEDED_SCOPES: Readonly<Record<Platform, readonly string[]>> = {
  messenger: ["pages_messaging", "pages_manage_metadata"],
  instagram: ["instagram_basic", "instagram_manage_messages", "pages_manage_metadata"],
};

/** For utility templates of Messenger. A channel works without it: only templates do not. */
export const UTILITY_SCOPE = "pages_utility_messaging";
/** Meta's pages spell it in two ways (Utility messages, 2026-03-13; permissions reference). */
export const UTILITY_SPELLINGS = [UTILITY_SCOPE, "page_utility_messaging"];

/**
 * Permissions of parts of the product: reading Meta's own record, templates, comments. No connection is refused for one of them; it
 * is said which one is missing (permissions reference, read 2026-11).
 */
const USEFUL_SCOPES: Readonly<Record<Platform, readonly string[]>> = {
  messenger: ["pages_read_engagement", UTILITY_SCOPE, "pages_read_user_content"],
  instagram: ["instagram_manage_comments"],
};

/** Without it `/me/accounts` is empty, whatever else was granted. */
export const LISTING_SCOPE = "pages_show_list";

/** What the dialog asks for where no configuration of Facebook Login for Business says it. */
export const ASKED_SCOPES: readonly string[] = [
  ...new Set([
    ...Object.values(NEEDED_SCOPES).flat(),
    ...Object.values(USEFUL_SCOPES).flat(),
    LISTING_SCOPE,
    // Assets owned by a business; Instagram expects it (facts: sending §6.2).
    "business_management",
  ]),
];

/** The part of `debug_token` that tells permissions. */
export interface Granted {
  scopes: readonly string[];
  granular_scopes: readonly { scope: string; target_ids?: readonly string[] | undefined }[];
}

/** `granular_scopes` with `target_ids` limits a permission to those accounts; without, it holds for all. */
function isGranted(debug: Granted, scope: string, targets: readonly string[]): boolean {
  if (!debug.scopes.includes(scope)) return false;
  const granular = debug.granular_scopes.find((g) => g.scope === scope);
  return granular?.target_ids === undefined || granular.target_ids.some((id) => targets.includes(id));
}

/** Needed permissions that a token has not got for an account; `targets`: the ids of the Page and of the account. */
export function missingScopes(debug: Granted, platform: Platform, targets: readonly string[]): string[] {
  return NEEDED_SCOPES[platform].filter((scope) => !isGranted(debug, scope, targets));
}

/** Of the needed ones that are missing: those granted for other accounts only. */
export function misplacedScopes(debug: Granted, platform: Platform, targets: readonly string[]): string[] {
  return missingScopes(debug, platform, targets).filter((scope) => debug.scopes.includes(scope));
}

/** Permissions of parts of the product that a token has not got for an account. */
export function missingUseful(debug: Granted, platform: Platform, targets: readonly string[]): string[] {
  return USEFUL_SCOPES[platform].filter((scope) =>
    scope === UTILITY_SCOPE ? allowsTemplates(debug.scopes) === false : !isGranted(debug, scope, targets),
  );
}

/** Whether these permissions allow utility templates; null: they are not known. */
export function allowsTemplates(scopes: readonly string[]): boolean | null {
  return scopes.length === 0 ? null : UTILITY_SPELLINGS.some((scope) => scopes.includes(scope));
}

/** Permissions the product uses on an account and this token has not got for it; not all of them are needed. */
export function lackingScopes(debug: Granted, platform: Platform, targets: readonly string[]): string[] {
  return [...missingScopes(debug, platform, targets), ...missingUseful(debug, platform, targets)];
}
