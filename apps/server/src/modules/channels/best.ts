import { type RawBuilder, sql } from "kysely";
import { NEEDED_SCOPES } from "./scopes.ts";

/** Without it nobody may send for the Page (facts: sending §6.1). */
export const SENDING_TASK = "MESSAGING";
/** One of them is needed to subscribe to the Page's events (Page / subscribed_apps, v26). */
const SUBSCRIBING_TASKS = ["MANAGE", "MODERATE", "CREATE_CONTENT"];

const NEEDED = [...new Set(Object.values(NEEDED_SCOPES).flat())];

/**
 * The order in which the authorisations `alias` of a channel are used: those that can do everything needed, a system user's before
 * a person's, the one that lacks least, the one proved last.
 */
export function bestFirst(alias: string): RawBuilder<unknown> {
  const a = sql.raw(alias);
  return sql`(not ${a}.lacking && ${sql.lit(`{${NEEDED.join(",")}}`)}::text[] and (${a}.tasks is null or ${sql.lit(SENDING_TASK)} = any(${a}.tasks))) desc,
    (${a}.kind = 'system_user') desc, cardinality(${a}.lacking), ${a}.proved_at desc nulls last, ${a}.granted_at desc, ${a}.id`;
}

/** Which kinds of task a person on the Page would need and has not got. Nothing where Meta does not tell their tasks. */
export function lackingTasks(tasks: readonly string[] | null): string[] {
  if (tasks === null) return [];
  return [
    ...(tasks.includes(SENDING_TASK) ? [] : [SENDING_TASK]),
    ...(SUBSCRIBING_TASKS.some((task) => tasks.includes(task)) ? [] : SUBSCRIBING_TASKS.slice(0, 1)),
  ];
}
