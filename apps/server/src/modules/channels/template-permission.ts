import { sql } from "kysely";
import { bestFirst } from "./best.ts";
import { UTILITY_SPELLINGS } from "./scopes.ts";

export { allowsTemplates } from "./scopes.ts";

/** Whether the token in use allows utility templates, in a query of the channel `h`; null: its permissions are not known. */
export const templatesAllowed = sql<boolean | null>`
  (select case when cardinality(a.scopes) > 0 then a.scopes && ${UTILITY_SPELLINGS}::text[] end from authorizer a
    where a.workspace_id = h.workspace_id and a.channel_id = h.id and a.state = 'live' and a.token_ciphertext is not null
    order by ${bestFirst("a")} limit 1)`;
