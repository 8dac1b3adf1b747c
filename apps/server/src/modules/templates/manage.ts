import type { CloneTemplate, CreateTemplate } from "@firstline/contracts";
import { CLOCK_SLACK_MS, checkDraft, faultText, parameterFormat, type TemplateProblem } from "@firstline/core";
import { sql } from "kysely";
import type { TemplateAdapter, ToldLibraryTemplate } from "../../adapters/templates.ts";
import type { Deps } from "../../deps.ts";
import type { Actor } from "../../platform/http/actor.ts";
import { ApiError, notFound } from "../../platform/http/problems.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { ChannelRow, ChannelsModule } from "../channels/index.ts";
import { watchReview } from "./jobs.ts";
import { ask, refusal, templatesAt } from "./meta.ts";
import { type TemplateRow, templatesById } from "./rows.ts";
import { SYNC_JOB } from "./status.ts";
import { markDeleted, syncTemplates } from "./sync.ts";

/** Creates a template at Meta, then its row. Gives its id. @throws ApiError 422 for what Meta would refuse or has refused. */
export async function createTemplate(
  deps: Deps,
  channels: ChannelsModule,
  actor: Actor,
  channelId: string,
  draft: CreateTemplate,
): Promise<string> {
  const channel = await channels.row(actor.workspaceId, channelId);
  const adapter = templatesAt(channel.platform);
  refuseProblems(checkDraft(draft));
  return make(deps, channels, actor, channel, {
    ...{ name: draft.name, language: draft.language, libraryName: null },
    request: adapter.buildCreate(channel.page_id, draft),
    components: adapter.componentsOf(draft),
    adapter,
  });
}

/** The same from a ready text of Meta's library. @throws ApiError 422 `template_not_found`: no such text in this language. */
export async function cloneTemplate(
  deps: Deps,
  channels: ChannelsModule,
  actor: Actor,
  channelId: string,
  { name, language, library, buttonUrls = [] }: CloneTemplate,
): Promise<string> {
  const channel = await channels.row(actor.workspaceId, channelId);
  const adapter = templatesAt(channel.platform);
  const found = await readLibrary(channels, actor, channel, { q: library, language });
  const ready = found.find((one) => one.name === library && one.language === language);
  if (!ready) throw new ApiError(422, "template_not_found");
  const links = ready.content.buttons.filter((button) => button.kind === "url").length;
  if (buttonUrls.length !== links) throw new ApiError(422, "template_draft_link", null, { links });
  const clone = { name, language, ready, buttonUrls };
  return make(deps, channels, actor, channel, {
    ...{ name, language, libraryName: library },
    request: adapter.buildClone(channel.page_id, clone),
    components: adapter.cloneComponents(clone),
    adapter,
  });
}

/** Ready texts of Meta's. @throws ApiError */
export async function readLibrary(
  channels: ChannelsModule,
  { workspaceId }: Actor,
  channel: ChannelRow,
  query: { q?: string | undefined; language?: string | undefined },
): Promise<ToldLibraryTemplate[]> {
  const adapter = templatesAt(channel.platform);
  const told = await ask(channels, workspaceId, channel, adapter.buildLibrary(query));
  if ("fault" in told) throw refusal(told);
  return adapter.readLibrary(told.body) ?? [];
}

interface NewTemplate {
  name: string;
  language: string;
  libraryName: string | null;
  request: ReturnType<TemplateAdapter["buildCreate"]>;
  components: unknown[];
  adapter: TemplateAdapter;
}

async function make(
  deps: Deps,
  channels: ChannelsModule,
  { workspaceId, member }: Actor,
  channel: ChannelRow,
  wish: NewTemplate,
): Promise<string> {
  const { rows: same } = await sql`
    select 1 from template where workspace_id = ${workspaceId} and channel_id = ${channel.id} and name = ${wish.name} and language = ${wish.language} and deleted_at is null`.execute(
    deps.db,
  );
  if (same.length > 0) throw new ApiError(409, "template_draft_exists");
  const started = deps.clock();
  const told = await ask(channels, workspaceId, channel, wish.request);
  const made = "body" in told ? wish.adapter.readCreated(told.body) : null;
  if (!made) {
    // It may be there all the same: the answer was lost, or says something else.
    await deps.jobs.add(SYNC_JOB, [{ data: { workspaceId, channelId: channel.id } }]);
    throw "fault" in told ? refusal(told) : new ApiError(502, "meta_unavailable");
  }
  const format = parameterFormat(wish.adapter.readComponents(wish.components).content);
  // Any word of Meta's by webhook is newer than this answer, whatever the clocks say; it may even have been here first.
  const at = new Date(started - 2 * CLOCK_SLACK_MS);
  return deps.db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ id: string }>`
      insert into template as t (workspace_id, channel_id, external_id, name, language, parameter_format, components, status, library_name, member_id, created_at, status_at)
      values (${workspaceId}, ${channel.id}, ${made.externalId}, ${wish.name}, ${wish.language}, ${format}, ${JSON.stringify(wish.components)}::jsonb, ${made.status}, ${wish.libraryName}, ${member?.id ?? null}, ${new Date(started)}, ${at})
      on conflict (workspace_id, channel_id, name, language) where deleted_at is null do update
        set external_id = excluded.external_id, library_name = excluded.library_name, member_id = excluded.member_id
      returning id`.execute(tx);
    const { id } = rows[0]!;
    await writeEvents(tx, [{ workspaceId, type: "template.updated", conversationId: null, subjectId: id }]);
    // The answer does not say why, and the word that does may have been here before there was a row.
    if (made.status === "REJECTED")
      await deps.jobs.add(SYNC_JOB, [{ data: { workspaceId, channelId: channel.id } }], tx);
    else if (made.status !== "APPROVED") await watchReview(deps, { workspaceId, channelId: channel.id }, tx);
    return id;
  });
}

/** Deletes it at Meta, then here. One that is gone there already is gone. @throws ApiError */
export async function deleteTemplate(
  deps: Deps,
  channels: ChannelsModule,
  { workspaceId }: Actor,
  channelId: string,
  id: string,
): Promise<void> {
  const channel = await channels.row(workspaceId, channelId);
  const adapter = templatesAt(channel.platform);
  let row = await liveRow(deps, workspaceId, channelId, id);
  if (row.external_id === null) {
    await syncTemplates(deps, channels, workspaceId, channelId);
    row = await liveRow(deps, workspaceId, channelId, id);
  }
  if (row.external_id !== null) {
    const named = { externalId: row.external_id, name: row.name };
    const told = await ask(channels, workspaceId, channel, adapter.buildDelete(channel.page_id, named));
    if ("fault" in told && told.fault !== "template_not_found" && told.fault !== "meta_object_not_found")
      throw refusal(told);
  }
  await deps.db.transaction().execute(async (tx) => {
    await markDeleted(tx, workspaceId, id, deps.clock());
    await writeEvents(tx, [{ workspaceId, type: "template.updated", conversationId: null, subjectId: id }]);
  });
}

async function liveRow(
  deps: Pick<Deps, "db">,
  workspaceId: string,
  channelId: string,
  id: string,
): Promise<TemplateRow> {
  const [row] = await templatesById(deps.db, workspaceId, [id]);
  if (row?.channel_id !== channelId || row.deleted_at !== null) throw notFound("template");
  return row;
}

/** @throws ApiError 422 with every problem, its place as `path`. */
export function refuseProblems(problems: readonly TemplateProblem[]): void {
  const [first] = problems;
  if (!first) return;
  throw new ApiError(422, first.fault, null, {
    errors: problems.map(({ at, fault }) => ({ path: at, message: faultText(fault, "en").title })),
  });
}
