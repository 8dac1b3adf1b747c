import { timingSafeEqual } from "node:crypto";
import { appSecretProof } from "@firstline/meta-wire";
import type { Sim } from "../sim.ts";
import type { MetaApp, Page, Token } from "../store/types.ts";
import { GraphError } from "./error.ts";
import { deathOf, refusal } from "./token-death.ts";

export type Auth =
  | { kind: "app"; app: MetaApp; value: string }
  | { kind: "user" | "page" | "system_user"; app: MetaApp; value: string; token: Token };

function cannotParse(): GraphError {
  return new GraphError({ code: 190, message: "Invalid OAuth access token - Cannot parse access token" });
}

/** Who calls. Throws 190 for a dead or unknown token, 100 for a wrong `appsecret_proof`. */
export function authenticate(sim: Sim, value: string, proof: string | undefined): Auth {
  const auth = identify(sim, value);
  if (!auth) throw cannotParse();
  if (auth.kind !== "app") {
    const death = deathOf(sim, auth.token);
    if (death) throw refusal(death);
  }
  checkProof(sim, auth, proof);
  return auth;
}

export function identify(sim: Sim, value: string): Auth | null {
  const bar = value.indexOf("|");
  if (bar > 0) {
    const app = sim.store.state.apps.find((candidate) => candidate.id === value.slice(0, bar));
    return app && value.slice(bar + 1) === app.secret ? { kind: "app", app, value } : null;
  }
  const token = sim.store.state.tokens.find((candidate) => candidate.value === value);
  const app = token && sim.store.state.apps.find((candidate) => candidate.id === token.appId);
  return token && app ? { kind: token.kind, app, value, token } : null;
}

/** HMAC-SHA256 of the token keyed with the app secret; texts as found live (meta-sending §1.4). */
function checkProof(sim: Sim, auth: Auth, proof: string | undefined): void {
  if (proof === undefined || proof === "") {
    if (!sim.store.state.faults.requireProof || auth.kind === "app") return;
    throw new GraphError({
      code: 100,
      type: "GraphMethodException",
      message: "API calls from the server require an appsecret_proof argument",
    });
  }
  const expected = Buffer.from(appSecretProof(auth.app.secret, auth.value));
  const given = Buffer.from(proof);
  if (given.length === expected.length && timingSafeEqual(given, expected)) return;
  throw new GraphError({
    code: 100,
    type: "GraphMethodException",
    message: "Invalid appsecret_proof provided in the API argument",
  });
}

/** The Page behind a Page token; any other token is refused as in the New Pages Experience. */
export function requirePageToken(sim: Sim, auth: Auth): Page {
  const page = auth.kind !== "app" && auth.token.pageId ? sim.store.page(auth.token.pageId) : undefined;
  if (page) return page;
  throw new GraphError({
    code: 190,
    subcode: 2069032,
    message: "(#190) A Page access token is required for this call for the new Pages experience.",
    userTitle: "User Access Token Is Not Supported",
    userMessage: "A Page access token is required for this call for the new Pages experience.",
  });
}

export function scopesOf(auth: Auth): string[] {
  return auth.kind === "app" ? [] : auth.token.scopes;
}

export function unsupported(method: string, id: string): GraphError {
  return new GraphError({
    code: 100,
    subcode: 33,
    type: "GraphMethodException",
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api`,
  });
}
