import type { Sim } from "../sim.ts";
import type { LoginConfiguration } from "../store/access.ts";
import type { MetaApp } from "../store/types.ts";
import { configurationsOf } from "./configurations.ts";

/** The query of `/dialog/oauth`; every step of the dialog carries it on. */
export interface DialogQuery {
  client_id?: string;
  redirect_uri?: string;
  state?: string;
  response_type?: string;
  scope?: string;
  config_id?: string;
  auth_type?: string;
}

export const QUERY_NAMES = [
  "client_id",
  "redirect_uri",
  "state",
  "response_type",
  "scope",
  "config_id",
  "auth_type",
] as const;

/** What the dialog was asked for, once it is known to be well formed. */
export interface DialogRequest {
  query: DialogQuery;
  app: MetaApp;
  redirectUri: string;
  /** Facebook Login for Business: permissions and the kind of token are fixed by it. */
  configuration: LoginConfiguration | null;
  scopes: string[];
  /** Permissions declined before are asked for again. */
  rerequest: boolean;
}

/** Reads the query. A text: why the dialog cannot be shown; the person is not sent back then. */
export function readRequest(sim: Sim, query: DialogQuery): DialogRequest | string {
  const app = sim.store.state.apps.find((candidate) => candidate.id === query.client_id);
  if (!app) return "Invalid App ID: The provided app ID does not look like a valid app ID.";
  if (query.response_type && query.response_type !== "code") return "The local Meta answers response_type=code only.";
  const redirectUri = query.redirect_uri ?? "";
  if (!/^https?:\/\//.test(redirectUri) || !URL.canParse(redirectUri)) return "The redirect_uri URL must be absolute.";
  if (app.redirectUris && !app.redirectUris.includes(redirectUri))
    return "URL Blocked: This redirect failed because the redirect URI is not whitelisted in the app's Client OAuth Settings. Make sure Client and Web OAuth Login are on and add all your app domains as Valid OAuth Redirect URIs.";
  const configuration = configurationsOf(app).find(({ id }) => id === query.config_id) ?? null;
  if (query.config_id && !configuration)
    return `There is no Facebook Login for Business configuration ${query.config_id} for this app.`;
  const asked = configuration?.permissions ?? (query.scope ?? "").split(/[,\s]+/).filter(Boolean);
  return {
    query,
    app,
    redirectUri,
    configuration,
    scopes: [...new Set([...asked, "public_profile"])],
    rerequest: (query.auth_type ?? "").split(",").includes("rerequest"),
  };
}
