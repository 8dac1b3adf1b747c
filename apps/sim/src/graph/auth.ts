import { timingSafeEqual } from "node:crypto";
import { appSecretProof } from "@firstline/meta-wire";
import type { Sim } from "../sim.ts";
import type { MetaApp, Page, Token } from "../store/types.ts";
import { GraphError } from "./error.ts";

export type Auth =
  | { kind: "app"; app: MetaApp; value: string }
  | { kind: "user" | "page" | "system_user"; app: MetaApp; value: string; token: Token };

const expiry = new Intl.DateTimeFormat("en-US", {
  weekday: "long",
  day: "2-digit",
  month: "short",
  year: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
  hourCycle: "h23",
  timeZone: "America/Los_Angeles",
});

/** `Wednesday, 14-Feb-18 18:00:00 PST`, as in Meta's sample for 190/463. */
function metaDate(at: number): string {
  const part = Object.fromEntries(expiry.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${part.weekday}, ${part.day}-${part.month}-${part.year} ${part.hour}:${part.minute}:${part.second} PST`;
}

/** Why a token no longer works, or null (meta-sending §3.4). */
export function deathOf(sim: Sim, token: Token): { subcode: number | undefined; message: string } | null {
  if (token.dead) return token.dead;
  if (token.expiresAt !== 0 && token.expiresAt <= sim.now()) {
    return {
      subcode: 463,
      message: `Error validating access token: Session has expired on ${metaDate(token.expiresAt)}. The current time is ${metaDate(sim.now())}.`,
    };
  }
  if (token.pageId) {
    const page = sim.store.page(token.pageId);
    if (!page)
      return { subcode: undefined, message: "This Page access token belongs to a Page that is not accessible." };
    if (!page.roles[token.userId]) {
      return {
        subcode: 492,
        message:
          "The user must be an administrator, editor, or moderator of the page in order to impersonate it. If the page business requires Two Factor Authentication, the user also needs to enable Two Factor Authentication.",
      };
    }
  }
  return null;
}

function cannotParse(): GraphError {
  return new GraphError({ code: 190, message: "Invalid OAuth access token - Cannot parse access token" });
}

/** Who calls. Throws 190 for a dead or unknown token, 100 for a wrong `appsecret_proof`. */
export function authenticate(sim: Sim, value: string, proof: string | undefined): Auth {
  const auth = identify(sim, value);
  if (!auth) throw cannotParse();
  if (auth.kind !== "app") {
    const death = deathOf(sim, auth.token);
    if (death)
      throw new GraphError({
        code: 190,
        ...(death.subcode !== undefined && { subcode: death.subcode }),
        message: death.message,
      });
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
