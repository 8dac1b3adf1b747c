import { createHash } from "node:crypto";
import type { AlertDevice, CreatePushSubscription, MyAlerts } from "@firstline/contracts";
import { sql } from "kysely";
import type { z } from "zod";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/http/problems.ts";
import { Secret } from "../../platform/secrets/index.ts";
import { type AttemptRow, toAttempt } from "./present.ts";
import { vapidKeys } from "./vapid.ts";

/** More than anybody has; the oldest goes when another comes. */
const MOST_DEVICES = 20;

/** @throws ApiError 404 */
export async function myAlerts(
  deps: Pick<Deps, "db" | "vault" | "config">,
  workspaceId: string,
  memberId: string,
): Promise<MyAlerts> {
  const { rows } = await sql<Pick<MyAlerts, "email" | "push" | "address">>`
    select coalesce(s.email, case m.role when 'administrator' then 'all' else 'none' end) as email, coalesce(s.push, 'all') as push, u.email as address
    from member m join auth."user" u on u.id = m.user_id
    left join alert_settings s on s.workspace_id = m.workspace_id and s.member_id = m.id
    where m.workspace_id = ${workspaceId} and m.id = ${memberId}`.execute(deps.db);
  if (!rows[0]) throw notFound("member");
  const { rows: mails } = await sql<AttemptRow>`
    select tried_at, state, attempts, status, error, detail from alert_delivery
    where workspace_id = ${workspaceId} and way = 'email' and member_id = ${memberId} and tried_at is not null order by tried_at desc limit 1`.execute(
    deps.db,
  );
  return {
    ...rows[0],
    emailAvailable: deps.config.mail !== null,
    emailLast: mails[0] ? toAttempt(mails[0]) : null,
    pushKey: (await vapidKeys(deps)).publicKey,
    devices: await devicesOf(deps, workspaceId, memberId),
  };
}

export async function devicesOf(deps: Pick<Deps, "db">, workspaceId: string, memberId: string): Promise<AlertDevice[]> {
  const { rows } = await sql<{ id: string; name: string; created_at: Date } & (AttemptRow | { tried_at: null })>`
    select p.id, p.name, p.created_at, d.tried_at, d.state, d.attempts, d.status, d.error, d.detail from push_subscription p
    left join lateral (
      select * from alert_delivery d where d.workspace_id = p.workspace_id and d.way = 'push' and d.member_id = p.member_id
        and d.push_subscription_id = p.id and d.tried_at is not null order by d.tried_at desc limit 1) d on true
    where p.workspace_id = ${workspaceId} and p.member_id = ${memberId} order by p.created_at desc, p.id`.execute(
    deps.db,
  );
  return rows.map((r) => ({
    id: r.id,
    name: r.name,
    createdAt: r.created_at.toISOString(),
    last: r.tried_at === null ? null : toAttempt(r),
  }));
}

/** A browser that subscribes again, or whose next person does, is one device: that of who asked last. */
export async function addDevice(
  deps: Pick<Deps, "db" | "vault" | "clock">,
  workspaceId: string,
  memberId: string,
  { endpoint, keys, name }: z.output<typeof CreatePushSubscription>,
): Promise<string> {
  const sealed = deps.vault.seal(new Secret(JSON.stringify({ endpoint, keys })));
  return deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into push_subscription (workspace_id, member_id, name, fingerprint, subscription_ciphertext, subscription_key_id, created_at)
      values (${workspaceId}, ${memberId}, ${name}, ${createHash("sha256").update(endpoint).digest()}, ${sealed}, ${deps.vault.keyId}, ${new Date(deps.clock())})
      on conflict (workspace_id, fingerprint) do update set member_id = excluded.member_id, name = excluded.name,
        subscription_ciphertext = excluded.subscription_ciphertext, subscription_key_id = excluded.subscription_key_id
      returning id`.execute(tx);
    const { id } = rows[0]!;
    await sql`
      delete from push_subscription where workspace_id = ${workspaceId} and id in (
        select id from push_subscription where workspace_id = ${workspaceId} and member_id = ${memberId} and id <> ${id}
        order by created_at desc offset ${MOST_DEVICES - 1})`.execute(tx);
    return id;
  });
}
