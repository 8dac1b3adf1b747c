import { sql } from "kysely";
import type { Deps } from "../../deps.ts";

/** Why a webhook call was not accepted. `unsigned`: without any signature, so not from Meta; only the metric counts it. */
export type RefusalReason = "signature" | "storage" | "verify_token" | "unsigned";

/** Whoever calls often must not make us write often. */
const WRITTEN_AFTER_MS = 2_000;
const KEPT_DAYS = 30;

/**
 * Counts webhook calls that were not accepted, by the hour, for the checks. Counts are gathered in memory and written every two
 * seconds at most; while the database does not answer they are kept and written later.
 */
export interface Refusals {
  note(reason: RefusalReason): void;
  /** Writes what is gathered now. */
  flush(): Promise<void>;
}

export function createRefusals(deps: Pick<Deps, "db" | "metrics" | "log">): Refusals {
  let gathered = new Map<RefusalReason, number>();
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const own = gathered;
    gathered = new Map();
    for (const [reason, count] of own)
      try {
        await sql`
          insert into delivery_refusal as r (hour, reason, count, last_at) values (date_trunc('hour', now()), ${reason}, ${count}, now())
          on conflict (hour, reason) do update set count = r.count + excluded.count, last_at = excluded.last_at`.execute(
          deps.db,
        );
      } catch (err) {
        deps.log.debug({ err }, "refused calls cannot be counted now");
        gathered.set(reason, (gathered.get(reason) ?? 0) + count);
        plan();
      }
  }
  function plan(): void {
    timer ??= setTimeout(() => void flush(), WRITTEN_AFTER_MS).unref();
  }

  return {
    note(reason) {
      deps.metrics.deliveriesRefused.inc({ reason: reason === "unsigned" ? "signature" : reason });
      if (reason === "unsigned") return;
      gathered.set(reason, (gathered.get(reason) ?? 0) + 1);
      plan();
    },
    flush,
  };
}

/** Forgets what is older than {@link KEPT_DAYS} days. */
export async function forgetRefusals(db: Deps["db"]): Promise<void> {
  await sql`delete from delivery_refusal where hour < now() - ${KEPT_DAYS} * interval '1 day'`.execute(db);
}
