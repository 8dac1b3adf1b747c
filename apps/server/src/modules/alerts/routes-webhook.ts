import { randomBytes } from "node:crypto";
import { AlertTest, AlertWebhook, AlertWebhookSaved, PutAlertWebhook } from "@firstline/contracts";
import { sql } from "kysely";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { Secret } from "../../platform/secrets/index.ts";
import type { Mail } from "./mail.ts";
import { type AttemptRow, toAttempt } from "./present.ts";
import { testWebhook } from "./send-test.ts";
import type { AlertWords } from "./tell.ts";
import type { WebhookTarget } from "./webhook.ts";

const tags = ["alerts"];
const SHOWN = 20;

/** Where the workspace's alerts are posted: read and changed by administrators. */
export function webhookRoutes(app: App, deps: Deps, mail: Mail): void {
  app.get(
    "/api/v1/workspace/webhook",
    {
      config: { permission: "team:write" },
      schema: { tags, summary: "Where alerts are posted, and how that went", response: { 200: AlertWebhook } },
    },
    (request) => present(deps, request.actor.workspaceId, request.locale),
  );

  app.put(
    "/api/v1/workspace/webhook",
    {
      config: { permission: "team:write" },
      schema: {
        tags,
        summary: "Have every alert posted to an address",
        description:
          "Each call is signed: `X-Firstline-Signature` is `sha256=` and the HMAC-SHA-256 in hex, with the secret, over `X-Firstline-Timestamp`, a dot and the exact body (`AlertPosted`). Anything but a 2xx is repeated for some hours; redirects are not followed.",
        body: PutAlertWebhook,
        response: { 200: AlertWebhookSaved },
      },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const secret = await save(deps, workspaceId, request.body);
      return { ...(await present(deps, workspaceId, request.locale)), secret };
    },
  );

  app.delete(
    "/api/v1/workspace/webhook",
    {
      config: { permission: "team:write" },
      schema: { tags, summary: "Post alerts nowhere; what was not taken yet is dropped", response: { 204: z.null() } },
    },
    async (request, reply) => {
      await sql`delete from alert_webhook where workspace_id = ${request.actor.workspaceId}`.execute(deps.db);
      return reply.status(204).send(null);
    },
  );

  app.post(
    "/api/v1/workspace/webhook/test",
    {
      config: { permission: "team:write" },
      schema: { tags, summary: "Post a test now and tell what came of it", response: { 200: AlertTest } },
    },
    async (request) => {
      const { workspaceId } = request.actor;
      const target = await targetOf(deps, workspaceId);
      if (!target) throw notFound("webhook");
      return testWebhook(deps, mail, workspaceId, target.url ? new URL(target.url).host : "");
    },
  );
}

/** @returns the secret if it is new */
async function save(
  deps: Deps,
  workspaceId: string,
  { url, renewSecret = false }: z.output<typeof PutAlertWebhook>,
): Promise<string | null> {
  return deps.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('alert webhook'), hashtext(${workspaceId}))`.execute(tx);
    const before = await targetOf({ ...deps, db: tx }, workspaceId);
    const made = renewSecret || !before?.secret ? `whsec_${randomBytes(24).toString("base64url")}` : null;
    const target: WebhookTarget = { url, secret: made ?? before!.secret! };
    const sealed = deps.vault.seal(new Secret(JSON.stringify(target)));
    await sql`
      insert into alert_webhook (workspace_id, target_ciphertext, target_key_id, changed_at)
      values (${workspaceId}, ${sealed}, ${deps.vault.keyId}, ${new Date(deps.clock())})
      on conflict (workspace_id) do update set target_ciphertext = excluded.target_ciphertext, target_key_id = excluded.target_key_id,
        changed_at = excluded.changed_at`.execute(tx);
    return made;
  });
}

/** Null: there is none. Its parts are null when no key opens it: it has to be entered again. */
async function targetOf(
  deps: Pick<Deps, "vault"> & { db: Parameters<ReturnType<typeof sql>["execute"]>[0] },
  workspaceId: string,
): Promise<{ url: string | null; secret: string | null; changedAt: Date } | null> {
  const { rows } = await sql<{ target_ciphertext: Buffer; target_key_id: string; changed_at: Date }>`
    select target_ciphertext, target_key_id, changed_at from alert_webhook where workspace_id = ${workspaceId}`.execute(
    deps.db,
  );
  const row = rows[0];
  if (!row) return null;
  try {
    const target = JSON.parse(deps.vault.open(row.target_ciphertext, row.target_key_id).reveal()) as WebhookTarget;
    return { ...target, changedAt: row.changed_at };
  } catch {
    return { url: null, secret: null, changedAt: row.changed_at };
  }
}

async function present(deps: Deps, workspaceId: string, locale: "en" | "zh-TW"): Promise<AlertWebhook> {
  const target = await targetOf(deps, workspaceId);
  const { rows } = await sql<
    AttemptRow & { id: string; kind: "opened" | "ended" | "news" | "test"; words: Record<string, AlertWords> }
  >`
    select d.id, a.kind, a.words, d.tried_at, d.state, d.attempts, d.status, d.error, d.detail
    from alert_delivery d join alert a on a.workspace_id = d.workspace_id and a.id = d.alert_id
    where d.workspace_id = ${workspaceId} and d.way = 'webhook' and d.member_id is null and d.tried_at is not null
    order by d.tried_at desc, d.id desc limit ${SHOWN}`.execute(deps.db);
  return {
    url: target?.url ?? null,
    changedAt: target?.changedAt.toISOString() ?? null,
    results: rows.map((r) => ({ id: r.id, kind: r.kind, title: r.words[locale]?.title ?? "", ...toAttempt(r) })),
  };
}
