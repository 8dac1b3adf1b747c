import type { AlertTest } from "@firstline/contracts";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import type { Tx } from "../../platform/db/pool.ts";
import type { Locale } from "../../platform/http/problems.ts";
import { ApiError } from "../../platform/http/problems.ts";
import { claimed, type Way } from "./claim.ts";
import { attempt } from "./deliver.ts";
import type { Mail } from "./mail.ts";
import type { AlertWords } from "./tell.ts";

/** Somebody who holds the button down fills nobody's mailbox. */
const BETWEEN_MS = 5_000;
const WORDS: Record<Locale, AlertWords> = {
  en: {
    title: "Test: alerts arrive here",
    text: "Somebody asked for this test in Settings, Alerts. Nothing is wrong.",
    fix: "",
  },
  "zh-TW": { title: "測試：通知可以送達", text: "這是從「設定」的「通知」送出的測試，沒有任何問題。", fix: "" },
};

interface Target {
  way: Way;
  memberId: string | null;
  deviceId: string | null;
  name: string;
}

/** E-mail and every device of a member. @throws ApiError 429 */
export async function testMember(deps: Deps, mail: Mail, workspaceId: string, memberId: string): Promise<AlertTest[]> {
  const { rows } = await sql<Target>`
    select 'email' as way, m.id as "memberId", null as "deviceId", u.email as name from member m join auth."user" u on u.id = m.user_id
    where m.workspace_id = ${workspaceId} and m.id = ${memberId} and ${deps.config.mail !== null}
    union all
    select 'push', p.member_id, p.id, p.name from push_subscription p where p.workspace_id = ${workspaceId} and p.member_id = ${memberId}`.execute(
    deps.db,
  );
  return send(deps, mail, workspaceId, rows);
}

/** The webhook of a workspace. @throws ApiError 429 */
export async function testWebhook(deps: Deps, mail: Mail, workspaceId: string, host: string): Promise<AlertTest> {
  const [result] = await send(deps, mail, workspaceId, [
    { way: "webhook", memberId: null, deviceId: null, name: host },
  ]);
  return result!;
}

/** Written like any other alert and claimed at once by this process, so that the answer can say what came of it. */
async function send(deps: Deps, mail: Mail, workspaceId: string, targets: Target[]): Promise<AlertTest[]> {
  if (targets.length === 0) return [];
  const names = await deps.db.transaction().execute((tx) => write(tx, deps, workspaceId, targets));
  const rows = await claimed(deps, [...names.keys()]);
  return Promise.all(
    rows.map(async (row) => {
      const outcome = await attempt(deps, mail, row);
      return {
        way: row.way,
        name: names.get(row.id) ?? "",
        state: outcome.state === "again" ? "failed" : outcome.state,
        status: outcome.status,
        error: outcome.state === "sent" ? null : outcome.error,
        detail: "detail" in outcome ? outcome.detail : null,
      };
    }),
  );
}

/** @returns names by id of the delivery */
async function write(tx: Tx, deps: Deps, workspaceId: string, targets: Target[]): Promise<Map<string, string>> {
  const now = deps.clock();
  const key = `test:${targets[0]!.memberId ?? "webhook"}`;
  await sql`select pg_advisory_xact_lock(hashtext('alert test'), hashtext(${workspaceId + key}))`.execute(tx);
  const { rows: recent } = await sql`
    select 1 from alert where workspace_id = ${workspaceId} and kind = 'test' and created_at > ${new Date(now - BETWEEN_MS)} and key like ${`${key}:%`} limit 1`.execute(
    tx,
  );
  if (recent.length > 0) throw new ApiError(429, "rate_limited");
  const { rows: alerts } = await sql<{ id: string }>`
    insert into alert (workspace_id, key, kind, severity, audience, words, happened_at, created_at)
    values (${workspaceId}, ${key} || ':' || uuidv7(), 'test', 'warning', 'everybody', ${JSON.stringify(WORDS)}::jsonb, ${new Date(now)}, ${new Date(now)}) returning id`.execute(
    tx,
  );
  const { rows } = await sql<{ id: string; n: number }>`
    with wanted as (select * from jsonb_to_recordset(${JSON.stringify(targets.map((t, n) => ({ ...t, n })))}::jsonb)
      as t(way text, "memberId" uuid, "deviceId" uuid, n int)),
    numbered as (select uuidv7() as id, * from wanted),
    written as (
      insert into alert_delivery (workspace_id, id, alert_id, way, member_id, push_subscription_id, attempts, due_at, tried_at, leased_until)
      select ${workspaceId}, id, ${alerts[0]!.id}, way, "memberId", "deviceId", 1, ${new Date(now)}, ${new Date(now)}, ${new Date(now + 60_000)} from numbered)
    select id, n from numbered`.execute(tx);
  return new Map(rows.map((r) => [r.id, targets[r.n]!.name]));
}
