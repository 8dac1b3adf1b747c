import { DebugToken, GraphPage } from "@firstline/meta-wire";
import type { Platform } from "../../adapters/channel.ts";
import type { Deps } from "../../deps.ts";
import { ApiError, type Words } from "../../platform/http/problems.ts";
import { Secret } from "../../platform/secrets/index.ts";
import { eachAccount } from "./accounts.ts";
import { channelFault } from "./authorizers.ts";
import { isInstagramAccessOff } from "./instagram-access.ts";
import { bodyOf } from "./meta-answer.ts";
import { missingScopes } from "./scopes.ts";

export { bodyOf } from "./meta-answer.ts";
export { missingScopes } from "./scopes.ts";

/** Why nothing can be connected yet. */
export const NO_APP: Words = {
  en: "This server has no Meta app yet: META_APP_ID and META_APP_SECRET are not set.",
  "zh-TW": "這個伺服器還沒有設定 Meta 應用程式：尚未設定 META_APP_ID 與 META_APP_SECRET。",
};

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
  if (!deps.config.meta.appId) throw new ApiError(422, "invalid_request", NO_APP);
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
    throw new ApiError(422, "instagram_link_broken", {
      en: `The Page “${page.name}” has no Instagram professional account linked to it.`,
      "zh-TW": `粉絲專頁「${page.name}」沒有連結 Instagram 專業帳號。`,
    });
  if (account.id !== externalId)
    throw new ApiError(422, "page_mismatch", {
      en: `This token belongs to “${account.name}” (${account.id}), not to ${externalId}.`,
      "zh-TW": `這個權杖屬於「${account.name}」（${account.id}），而不是 ${externalId}。`,
    });
  const missing = missingScopes(debug, platform, [page.id, externalId]);
  if (missing.length > 0)
    throw new ApiError(
      422,
      "token_missing_permission",
      {
        en: `Not granted for “${page.name}”: ${missing.join(", ")}.`,
        "zh-TW": `「${page.name}」未授予：${missing.join("、")}。`,
      },
      {
        missing,
      },
    );
  if (platform === "instagram" && (await isInstagramAccessOff(deps, page.id, token)))
    throw new ApiError(422, "instagram_access_off");
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
    throw new ApiError(422, "token_invalid", {
      en: "This token was made for another Meta app.",
      "zh-TW": "這個權杖屬於另一個 Meta 應用程式。",
    });
  return data;
}

/** The Page's own token, out of a person's or system user's. @throws ApiError 422 where it gives no access to the account. */
async function pageToken(
  deps: Pick<Deps, "graph">,
  platform: Platform,
  externalId: string,
  given: Secret,
): Promise<Secret> {
  const token =
    platform === "messenger"
      ? await readPageToken(deps, externalId, given)
      : await instagramPageToken(deps, externalId, given);
  if (!token)
    throw new ApiError(422, "page_role_lost", {
      en: `This token gives no access to ${externalId}.`,
      "zh-TW": `這個權杖無法存取 ${externalId}。`,
    });
  return new Secret(token);
}

async function readPageToken(deps: Pick<Deps, "graph">, pageId: string, given: Secret): Promise<string | undefined> {
  const query = { fields: "id,name,access_token" };
  const answer = await deps.graph.call({ method: "GET", path: `/${pageId}`, query }, given);
  return GraphPage.parse(bodyOf(answer)).access_token;
}

/** Behind an Instagram account stands a Page, and only the list of all Pages tells which. */
async function instagramPageToken(
  deps: Pick<Deps, "graph">,
  accountId: string,
  given: Secret,
): Promise<string | undefined> {
  for await (const page of eachAccount(deps, given, "id,access_token,instagram_business_account{id}"))
    if (page.instagram_business_account?.id === accountId) return page.access_token;
  return undefined;
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
