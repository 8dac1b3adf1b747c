import type { Token } from "../../store/types.ts";
import { type Auth, identify } from "../auth.ts";
import type { Call } from "../call.ts";
import { param } from "../call.ts";
import { GraphError } from "../error.ts";
import { linkedInstagram } from "../instagram-access.ts";
import { deathOf } from "../token-death.ts";

const seconds = (ms: number) => Math.floor(ms / 1000);

/** `GET /debug_token`: what a token is worth. Shape of meta-sending §6.3; an invalid one is answered with HTTP 200. */
export function debugToken(call: Call, caller: Auth): unknown {
  const input = param(call, "input_token");
  if (!input) throw new GraphError({ code: 100, message: "(#100) The parameter input_token is required." });
  const mayAsk = caller.kind === "app" || caller.value === input || caller.app.developers.includes(caller.token.userId);
  if (!mayAsk || (caller.kind === "page" && caller.value !== input)) {
    throw new GraphError({
      code: 100,
      message:
        "(#100) You must provide an app access token, or a user access token that is an owner or developer of the app",
    });
  }
  const subject = identify(call.sim, input);
  if (!subject) {
    return {
      data: {
        error: { code: 190, message: "Invalid OAuth access token - Cannot parse access token" },
        is_valid: false,
        scopes: [],
      },
    };
  }
  if (subject.app.id !== caller.app.id) {
    throw new GraphError({ code: 100, message: "(#100) The App_id in the input_token did not match the Viewing App" });
  }
  if (subject.kind === "app") {
    return { data: { app_id: subject.app.id, type: "APP", application: subject.app.name, is_valid: true, scopes: [] } };
  }
  const { token } = subject;
  const death = deathOf(call.sim, token);
  return {
    data: {
      app_id: subject.app.id,
      type: token.kind.toUpperCase(),
      application: subject.app.name,
      data_access_expires_at: seconds(token.dataAccessExpiresAt),
      ...(death && {
        error: { code: 190, message: death.message, ...(death.subcode !== undefined && { subcode: death.subcode }) },
      }),
      expires_at: seconds(token.expiresAt),
      is_valid: death === null,
      issued_at: seconds(token.issuedAt),
      ...(token.pageId && { profile_id: token.pageId }),
      scopes: token.scopes,
      granular_scopes: granular(call, token),
      user_id: token.userId,
    },
  };
}

/**
 * Which assets each permission covers: Pages, or Instagram accounts for the Instagram permissions. Granted for "all current
 * and future Pages" there are no `target_ids` (meta-sending §6.3). What the person took out later is not among them.
 */
function granular(call: Call, token: Token) {
  return token.scopes.map((scope) => {
    if (scope.startsWith("pages_") || scope.startsWith("page_"))
      return { scope, ...(!token.allPages && { target_ids: token.pageIds }) };
    if (!scope.startsWith("instagram_")) return { scope };
    if (token.instagramIds) return { scope, target_ids: token.instagramIds };
    if (token.allPages) return { scope };
    const accounts = token.pageIds.flatMap((id) => {
      const page = call.sim.store.page(id);
      return (page && linkedInstagram(page)?.id) ?? [];
    });
    return { scope, target_ids: accounts };
  });
}
