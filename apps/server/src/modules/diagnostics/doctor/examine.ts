import { statfs } from "node:fs/promises";
import { adapters } from "../../../adapters/index.ts";
import type { Config } from "../../../config.ts";
import type { Deps } from "../../../deps.ts";
import { migrationState } from "../../../platform/db/migrate.ts";
import { askMailServer } from "../../alerts/index.ts";
import { askHandshake } from "../handshake.ts";
import { readSubscriptions } from "../subscriptions.ts";
import type { DoctorFacts } from "./facts.ts";
import { readRecords } from "./records.ts";

const PATIENCE_MS = 10_000;

/** Asks everything the page needs, changing nothing. It answers whatever is broken: that is when it is asked. */
export async function examine(
  deps: Pick<Deps, "config" | "graph" | "db" | "clock">,
  databaseUrl: string,
): Promise<DoctorFacts> {
  const { config } = deps;
  const app = config.meta.appId !== null;
  const migrations = await migrationState(databaseUrl).catch(() => null);
  const [records, disk, skewMs, subscriptions, callback, mail] = await Promise.all([
    migrations ? readRecords(deps) : null,
    statfs(config.dataDir).then(
      (s) => ({ free: s.bavail * s.bsize, total: s.blocks * s.bsize }),
      () => null,
    ),
    skew(config, deps.clock),
    app ? readSubscriptions(deps) : null,
    askCallback(config),
    askMailServer(deps),
  ]);
  return {
    now: deps.clock(),
    graphVersion: config.meta.version,
    webhook: records?.webhook ?? null,
    publicUrl: config.publicUrl,
    app,
    database: migrations,
    deliveries: records?.deliveries ?? null,
    jobs: records?.jobs ?? null,
    disk,
    meta: subscriptions && { reached: subscriptions.message === null, message: subscriptions.message ?? "", skewMs },
    subscriptions:
      subscriptions?.found?.flatMap(({ object, callback, fields }) => {
        const adapter = Object.values(adapters).find((a) => a.object === object);
        return adapter ? [{ object, callback, missing: adapter.appFields.filter((f) => !fields.includes(f)) }] : [];
      }) ?? null,
    callback,
    mail,
    channels: records?.channels ?? [],
  };
}

/** How far this clock is ahead of Meta's, by the `Date` of any answer; half the way there and back is taken off. */
async function skew(config: Config, clock: () => number): Promise<number | null> {
  const asked = clock();
  const response = await get(`${config.meta.graphUrl}/${config.meta.version}/me`).catch(() => null);
  const told = Date.parse(response?.headers.get("date") ?? "");
  // Meta's date has whole seconds: on average it is half a second older than it says.
  return Number.isNaN(told) ? null : Math.round((asked + clock()) / 2 - (told + 500));
}

async function askCallback(config: Config): Promise<DoctorFacts["callback"]> {
  const told = await askHandshake(config);
  return told.kind === "ok" ? { answered: true, message: "" } : { answered: false, message: `${told.message}.` };
}

const get = (url: string) => fetch(url, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE_MS) });
