import type { Template } from "@firstline/contracts";
import { checkValues, type FaultCode, isTemplateUsable, renderTemplateText } from "@firstline/core";
import type { OutgoingTemplate } from "../../adapters/channel.ts";
import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import type { Q } from "../../platform/db/pool.ts";
import { ApiError, type Locale } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { ChannelsModule } from "../channels/index.ts";
import { defineTemplateJobs } from "./jobs.ts";
import { refuseProblems } from "./manage.ts";
import { templatesAt } from "./meta.ts";
import { outgoingTemplate } from "./outgoing.ts";
import { presentTemplate } from "./present.ts";
import { templateRoutes } from "./routes.ts";
import { templatesById } from "./rows.ts";
import { SYNC_JOB } from "./status.ts";

export { noteStatuses, type TemplateStatus } from "./status.ts";

export interface TemplatesModule extends ModuleLife {
  /** Deleted ones too, with the status DELETED. */
  load(q: Q, workspaceId: string, ids: readonly string[], locale: Locale): Promise<Map<string, Template>>;
}

/** Utility templates of Pages: Meta's, kept here as it last told them. */
export function registerTemplates(app: App, deps: Deps, channels: ChannelsModule): TemplatesModule {
  defineTemplateJobs(deps, channels);
  templateRoutes(app, deps, channels);
  channels.onRevived((workspaceId, channelId) => deps.jobs.add(SYNC_JOB, [{ data: { workspaceId, channelId } }]));
  return {
    async load(q, workspaceId, ids, locale) {
      const rows = await templatesById(q, workspaceId, ids);
      return new Map(rows.map((row) => [row.id, presentTemplate(row, templatesAt("messenger"), locale)]));
    },
  };
}

/** A filled-in template as a message keeps it. */
export interface StoredTemplate {
  templateId: string;
  name: string;
  language: string;
  parameters: Record<string, string>;
}

/**
 * A template to be sent, with what the customer reads. @throws ApiError 422: it does not exist on this channel, Meta has not
 * approved it, or a value is missing or would be refused.
 */
export async function fillIn(
  q: Q,
  channel: { workspaceId: string; channelId: string; platform: "messenger" | "instagram" },
  { id, parameters }: { id: string; parameters: Record<string, string> },
): Promise<{ text: string; stored: StoredTemplate }> {
  const adapter = templatesAt(channel.platform);
  const [row] = await templatesById(q, channel.workspaceId, [id]);
  if (row?.channel_id !== channel.channelId || row.deleted_at) throw new ApiError(422, "template_not_found");
  if (!isTemplateUsable(row.status))
    throw new ApiError(422, "template_not_usable", null, { templateStatus: row.status });
  const { content } = adapter.readComponents(row.components);
  const values = Object.fromEntries(
    Object.entries(parameters).map(([key, value]) => [key, value.toWellFormed().replaceAll("\0", "").trim()]),
  );
  refuseProblems(checkValues(content, values));
  const { name, language } = row;
  return { text: renderTemplateText(content, values), stored: { templateId: id, name, language, parameters: values } };
}

/** Reads the channel's templates again after a refusal that says they are not what we know. */
export async function readAgainAfter(
  deps: Pick<Deps, "jobs">,
  of: { workspaceId: string; channelId: string },
  fault: FaultCode,
): Promise<void> {
  if (fault === "template_not_found" || fault === "template_parameter_mismatch")
    await deps.jobs.add(SYNC_JOB, [{ data: of }]);
}

/** What goes over the wire; the fault when the template can no longer be sent. */
export async function readyToSend(
  q: Q,
  workspaceId: string,
  { templateId, parameters }: StoredTemplate,
): Promise<OutgoingTemplate | "template_not_found" | "template_not_usable"> {
  const [row] = await templatesById(q, workspaceId, [templateId]);
  if (!row || row.deleted_at) return "template_not_found";
  if (!isTemplateUsable(row.status)) return "template_not_usable";
  return outgoingTemplate(row, templatesAt("messenger").readComponents(row.components).content, parameters);
}
