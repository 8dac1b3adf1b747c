import { classifyFault, faultOf } from "@firstline/core";
import { DebugToken, GraphPage } from "@firstline/meta-wire";
import type { Platform } from "../../adapters/channel.ts";
import type { Deps } from "../../deps.ts";
import type { GraphAnswer } from "../../platform/graph/client.ts";
import { ApiError } from "../../platform/http/problems.ts";
import { Secret } from "../../platform/secrets/index.ts";
import { channelFault } from "./authorizers.ts";

/** A token proved to work for one Page or account, with what Meta says of it. */
export interface ProvedToken {
  platform: Platform;
  externalId: string;
  pageId: string;
  name: string;
  token: Secret;
  kind: "person" | "system_user" | "unknown";
  userId: string | null;
  authorName: string | null;
  scopes: string[];
  expiresAt: Date | null;
  dataAccessExpiresAt: Date | null;
}

/** Permissions without which a channel cannot receive and answer (facts: sending §6.2). */
export const NEEDED_SCOPES: Readonly<Record<Platform, readonly string[]>> = {
  messenger: ["pages_messaging", "pages_manage_metadata"],
  instagram: ["instagram_basic", "instagram_manage_messages", "pages_manage_metadata"],
};

/**
 * Proves a token for a Page or Instagram account: alive, of this app, of this account, with the permissions needed.
 * A user's or system user's token is exchanged for the Page's own. @throws ApiError 422 naming what is missing.
 */
export async function proveToken(
  deps: Pick<Deps, "graph" | "config">,
  platform: Platform,
  externalId: string,
  given: Secret,
): Promise<ProvedToken> {
  if (!deps.config.meta.appId)
    throw new ApiError(
      422,
      "invalid_request",
      "This server has no Meta app yet: META_APP_ID and META_APP_SECRET are not set.",
    );
  const debug = await inspect(deps, given);
  const token = debug.type === "PAGE" ? given : await pageToken(deps, platform, externalId, given);
  const page = await readPage(deps, token);
  const account =
    platform === "messenger"
      ? { id: page.id, name: page.name }
      : page.instagram_business_account && {
          id: page.instagram_business_account.id,
          name: page.instagram_business_account.username ?? page.name,
        };
  if (!account)
    throw new ApiError(
      422,
      "instagram_link_broken",
      `The Page “${page.name}” has no Instagram professional account linked to it.`,
    );
  if (account.id !== externalId)
    throw new ApiError(
      422,
      "page_mismatch",
      `This token belongs to “${account.name}” (${account.id}), not to ${externalId}.`,
    );
  const missing = missingScopes(debug, platform, [page.id, externalId]);
  if (missing.length > 0)
    throw new ApiError(422, "token_missing_permission", `Not granted for “${page.name}”: ${missing.join(", ")}.`, {
      missing,
    });
  const date = (seconds: number | null) => (seconds ? new Date(seconds * 1000) : null);
  return {
    platform,
    externalId,
    pageId: page.id,
    name: account.name,
    token,
    kind: debug.type === "SYSTEM_USER" ? "system_user" : debug.user_id ? "person" : "unknown",
    userId: debug.user_id ?? null,
    authorName: debug.type === "PAGE" ? null : await nameOf(deps, given),
    scopes: debug.scopes,
    expiresAt: date(debug.expires_at),
    dataAccessExpiresAt: date(debug.data_access_expires_at),
  };
}

/** What `debug_token` says. @throws ApiError 422 for a dead or foreign token. */
export async function inspect(deps: Pick<Deps, "graph" | "config">, token: Secret): Promise<DebugToken["data"]> {
  const answer = await deps.graph.callAsApp({
    method: "GET",
    path: "/debug_token",
    query: { input_token: token.reveal() },
  });
  const { data } = DebugToken.parse(bodyOf(answer));
  if (!data.is_valid) {
    const e = data.error;
    const dead =
      e &&
      channelFault(
        {
          code: e.code ?? 190,
          subcode: e.subcode ?? null,
          message: e.message ?? null,
          type: null,
          userTitle: null,
          userMessage: null,
          transient: null,
          traceId: null,
        },
        400,
      );
    throw new ApiError(422, dead?.fault ?? "token_invalid");
  }
  if (data.app_id && data.app_id !== deps.config.meta.appId)
    throw new ApiError(422, "token_invalid", "This token was made for another Meta app.");
  return data;
}

/** `granular_scopes` with `target_ids` limits a permission to those accounts; without, it holds for all. */
export function missingScopes(debug: DebugToken["data"], platform: Platform, targets: readonly string[]): string[] {
  return NEEDED_SCOPES[platform].filter((scope) => {
    if (!debug.scopes.includes(scope)) return true;
    const granular = debug.granular_scopes.find((g) => g.scope === scope);
    return granular?.target_ids !== undefined && !granular.target_ids.some((id) => targets.includes(id));
  });
}

async function pageToken(
  deps: Pick<Deps, "graph">,
  platform: Platform,
  externalId: string,
  given: Secret,
): Promise<Secret> {
  // Behind an Instagram account stands a Page, and only the person's list of Pages tells which.
  const path = platform === "messenger" ? `/${externalId}` : "/me/accounts";
  const fields = platform === "messenger" ? "id,name,access_token" : "id,access_token,instagram_business_account{id}";
  const body = bodyOf(await deps.graph.call({ method: "GET", path, query: { fields, limit: "100" } }, given)) as {
    access_token?: string;
    data?: { access_token?: string; instagram_business_account?: { id: string } }[];
  };
  const token =
    platform === "messenger"
      ? body.access_token
      : body.data?.find((p) => p.instagram_business_account?.id === externalId)?.access_token;
  if (!token) throw new ApiError(422, "page_role_lost", `This token gives no access to ${externalId}.`);
  return new Secret(token);
}

async function readPage(deps: Pick<Deps, "graph">, token: Secret): Promise<GraphPage> {
  return GraphPage.parse(
    bodyOf(
      await deps.graph.call(
        { method: "GET", path: "/me", query: { fields: "id,name,instagram_business_account{id,username}" } },
        token,
      ),
    ),
  );
}

/** The name of the person or system user behind a token; null when Meta does not tell. */
export async function nameOf(deps: Pick<Deps, "graph">, token: Secret): Promise<string | null> {
  const answer = await deps.graph.call({ method: "GET", path: "/me", query: { fields: "name" } }, token);
  return answer.kind === "answer" && !answer.error ? ((answer.body as { name?: string } | null)?.name ?? null) : null;
}

/** The body of a good answer. @throws ApiError saying what Meta said otherwise. */
export function bodyOf(answer: GraphAnswer): unknown {
  if (answer.kind === "no_answer")
    throw new ApiError(502, "meta_unreachable", `Meta could not be reached (${answer.message}).`);
  if (answer.error) {
    const { code, subcode, message, transient: isTransient, traceId } = answer.error;
    const fault = classifyFault({
      httpStatus: answer.httpStatus,
      code,
      subcode,
      message,
      isTransient,
      stage: "answered",
    });
    // What passes by itself is Meta's matter: the same request may succeed in a minute.
    const passes = faultOf(fault).retry === "backoff" || faultOf(fault).retry === "after_wait";
    throw new ApiError(passes ? 502 : 422, fault, message, { metaCode: code, metaSubcode: subcode, traceId });
  }
  return answer.body;
}
