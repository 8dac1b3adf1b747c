import { type RawBuilder, sql } from "kysely";

/**
 * The name of another app on a Page, as the survey of its channel found it. `apps` and `id` are SQL of ours: the channel's
 * column and the app's id.
 */
export const appName = (apps: string, id: string): RawBuilder<string | null> =>
  sql.raw(
    `(select a->>'name' from jsonb_array_elements(case jsonb_typeof(${apps}) when 'array' then ${apps} else '[]' end) a where a->>'id' = ${id} limit 1)`,
  );
