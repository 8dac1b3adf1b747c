import { type DebugToken, TokenAnswer } from "@firstline/meta-wire";
import type { Deps } from "../../deps.ts";
import { ApiError } from "../../platform/http/problems.ts";
import { Secret } from "../../platform/secrets/index.ts";
import { bodyOf } from "./meta-answer.ts";
import { ASKED_SCOPES } from "./scopes.ts";
import { inspect, NO_APP } from "./verify.ts";

const redirectUri = (deps: Pick<Deps, "config">) => `${deps.config.publicUrl}/api/v1/channels/authorizations/callback`;

/**
 * The address of Meta's dialog, which leads back with `state`. With a configuration of Facebook Login for Business that says what is
 * asked for and which kind of token comes back, else the permissions are named (facts: sending §6.1). @throws ApiError 422 without
 * a Meta app.
 */
export function dialogAddress(deps: Deps, state: string, extra: Record<string, string> = {}): string {
  const { appId, loginConfigId, dialogUrl, version } = deps.config.meta;
  if (!appId) throw new ApiError(422, "invalid_request", NO_APP);
  const url = new URL(`${dialogUrl}/${version}/dialog/oauth`);
  url.search = new URLSearchParams({
    client_id: appId,
    redirect_uri: redirectUri(deps),
    state,
    response_type: "code",
    ...(loginConfigId ? { config_id: loginConfigId } : { scope: ASKED_SCOPES.join(",") }),
    ...extra,
  }).toString();
  return url.href;
}

/** What the dialog says in place of a code. @throws ApiError 403 cancelled by the person, or 422 with Meta's own sentence. */
export function refuseDialogError(query: Record<string, unknown>): void {
  const text = (name: string) => (typeof query[name] === "string" ? query[name] : null);
  if (text("code") && !text("error")) return;
  if (text("error") === "access_denied") throw new ApiError(403, "connection_cancelled");
  const said = text("error_description") ?? text("error_message") ?? text("error");
  throw new ApiError(422, "connection_refused", said?.slice(0, 300) ?? null);
}

/** The access behind a code: the token to keep, and what Meta says of it. */
export interface UserAccess {
  token: Secret;
  debug: DebugToken["data"];
}

/**
 * Redeems the code of the dialog. A person's token is exchanged for a long-lived one before anything is read with it, since Page
 * tokens derived from a short-lived one die with it; a Business Integration System User's is final (facts: sending §6.1).
 * @throws ApiError saying what Meta said.
 */
export async function userAccess(deps: Deps, code: string): Promise<UserAccess> {
  const first = await exchange(deps, { code, redirect_uri: redirectUri(deps) });
  const debug = await inspect(deps, first);
  if (debug.type === "SYSTEM_USER") return { token: first, debug };
  const token = await exchange(deps, { grant_type: "fb_exchange_token", fb_exchange_token: first.reveal() });
  return { token, debug };
}

async function exchange(deps: Deps, parameters: Record<string, string>): Promise<Secret> {
  const { appId, appSecret } = deps.config.meta;
  const query = { client_id: appId!, client_secret: appSecret!, ...parameters };
  const answer = await deps.graph.callAsApp({ method: "GET", path: "/oauth/access_token", query });
  return new Secret(TokenAnswer.parse(bodyOf(answer)).access_token);
}
