import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import type { DeliveryStore } from "../store.ts";

const BEAT_MS = 20_000;
/** Not heard of for so long, the server was away, and with it what Meta sent. */
const AWAY_SECONDS = 75;
const KEY = "receiving_alive_at";
/** A refused delivery comes again by itself within a minute or so; what does not is read back. */
export const AFTER_REFUSALS_SECONDS = 60;
const ONCE_EVERY_MS = 60_000;

/**
 * Notices that nobody could receive for a while: the server was stopped, asleep or without its database. All processes that
 * receive share one sign of life, so that one that starts beside others tells nothing.
 */
export function createHeartbeat(deps: Pick<Deps, "db" | "log">, away: (seconds: number) => Promise<void>) {
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> | null = null;

  async function beat(): Promise<void> {
    const { rows } = await sql<{ gap: number | null }>`
      insert into installation (key, value) values (${KEY}, clock_timestamp()::text)
      on conflict (key) do update set value = excluded.value
      returning extract(epoch from new.value::timestamptz - old.value::timestamptz)::double precision as gap`.execute(
      deps.db,
    );
    const gap = rows[0]?.gap ?? 0;
    if (gap < AWAY_SECONDS) return;
    deps.log.warn({ seconds: Math.round(gap) }, "nothing could be received for a while; comparing with Meta's record");
    await away(gap);
  }
  const again = () => {
    beating ??= beat()
      .catch((err) => deps.log.debug({ err }, "no sign of life written"))
      .finally(() => {
        beating = null;
      });
    return beating;
  };
  return {
    async start() {
      await again();
      timer = setInterval(again, BEAT_MS);
    },
    async stop() {
      clearInterval(timer);
      await beating;
    },
  };
}

/** A store of deliveries that tells when it could not keep some and can again: Meta repeats them, but not for ever. */
export function noticeRefusals(
  store: DeliveryStore,
  recovered: () => void,
  now: () => number = Date.now,
): DeliveryStore {
  let refusing = false;
  let toldAt = Number.NEGATIVE_INFINITY;
  return {
    async add(...delivery) {
      try {
        await store.add(...delivery);
      } catch (error) {
        refusing = true;
        throw error;
      }
      if (!refusing || now() - toldAt < ONCE_EVERY_MS) return;
      refusing = false;
      toldAt = now();
      recovered();
    },
  };
}
