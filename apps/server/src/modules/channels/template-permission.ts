import { sql } from "kysely";

/** For utility templates of Messenger. A channel works without it: only templates do not. */
export const UTILITY_SCOPE = "pages_utility_messaging";
/** Meta's pages spell it in two ways (Utility messages, 2026-03-13; permissions reference). */
const SPELLINGS = [UTILITY_SCOPE, "page_utility_messaging"];

/** Whether these permissions allow utility templates; null: they are not known. */
export function allowsTemplates(scopes: readonly string[]): boolean | null {
  return scopes.length === 0 ? null : SPELLINGS.some((scope) => scopes.includes(scope));
}

/** The same in a query of the channel `h`, for the token in use. */
export const templatesAllowed = sql<boolean | null>`
  (select case when cardinality(a.scopes) > 0 then a.scopes && ${SPELLINGS}::text[] end from authorizer a
    where a.workspace_id = h.workspace_id and a.channel_id = h.id and a.state = 'live' and a.token_ciphertext is not null
    order by (a.kind = 'system_user') desc, a.proved_at desc nulls last, a.id limit 1)`;
