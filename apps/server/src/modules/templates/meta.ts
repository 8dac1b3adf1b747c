import { classifyFault, type FaultCode } from "@firstline/core";
import type { GraphRequest, Platform } from "../../adapters/channel.ts";
import { adapterFor } from "../../adapters/index.ts";
import type { TemplateAdapter } from "../../adapters/templates.ts";
import type { GraphAnswer, GraphError } from "../../platform/graph/client.ts";
import { ApiError } from "../../platform/http/problems.ts";
import type { ChannelRow, ChannelsModule } from "../channels/index.ts";

/** @throws ApiError 422: Instagram has no templates. */
export function templatesAt(platform: Platform): TemplateAdapter {
  const { templates } = adapterFor(platform);
  if (!templates) throw new ApiError(422, "way_not_available");
  return templates;
}

export type Told = { body: unknown } | { fault: FaultCode; error: GraphError | null };

/** One call about a channel's templates; what Meta refuses is named. */
export async function ask(
  channels: Pick<ChannelsModule, "call">,
  workspaceId: string,
  channel: Pick<ChannelRow, "id" | "state" | "state_fault">,
  request: GraphRequest,
): Promise<Told> {
  const answer = await channels.call(workspaceId, channel.id, request);
  if (answer === null)
    return {
      fault: channel.state === "disconnected" ? "channel_disconnected" : "channel_needs_reauthorization",
      error: null,
    };
  return read(answer);
}

function read(answer: GraphAnswer): Told {
  if (answer.kind === "no_answer") return { fault: "meta_unreachable", error: null };
  const { error, httpStatus } = answer;
  if (error === null && httpStatus < 400) return { body: answer.body };
  const fault = classifyFault({
    httpStatus,
    code: error?.code ?? null,
    subcode: error?.subcode ?? null,
    message: error?.message ?? null,
    isTransient: error?.transient ?? null,
    stage: "answered",
  });
  // Nothing is sent here: an answer without a readable body is Meta's trouble of the moment.
  return { fault: fault === "outcome_unknown" ? "meta_unavailable" : fault, error };
}

const PASSING: ReadonlySet<FaultCode> = new Set(["meta_unreachable", "meta_unavailable", "meta_internal_error"]);

/** What a person is told who wanted something of Meta. 502: it may work in a minute; 409: the channel is in no state for it. */
export function refusal(told: Exclude<Told, { body: unknown }>): ApiError {
  const { fault, error } = told;
  const status = PASSING.has(fault) ? 502 : error === null ? 409 : 422;
  return new ApiError(status, fault, error?.userMessage ?? error?.message ?? null, {
    ...(error && { metaCode: error.code, metaSubcode: error.subcode, traceId: error.traceId }),
  });
}
