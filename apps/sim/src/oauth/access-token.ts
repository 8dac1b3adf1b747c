import { identify } from "../graph/auth.ts";
import { type Call, param, refuseUnknown } from "../graph/call.ts";
import { GraphError } from "../graph/error.ts";
import { asBoolean } from "../graph/params.ts";
import { deathOf, refusal } from "../graph/token-death.ts";
import { LONG_LIVED_MS, mintUserToken, SHORT_LIVED_MS } from "../store/tokens.ts";
import type { MetaApp } from "../store/types.ts";

const CODE_LIFE_MS = 10 * 60_000;

/**
 * `GET|POST /oauth/access_token`: code for a short-lived user token, short for long-lived (`fb_exchange_token`), and the
 * app token (`client_credentials`). Source: Facebook Login, "Manually build a login flow", "Long-lived tokens" (v25).
 */
export function accessTokenEndpoint(call: Call): unknown {
  refuseUnknown(call, [
    "client_id",
    "client_secret",
    "redirect_uri",
    "code",
    "grant_type",
    "fb_exchange_token",
    "set_token_expires_in_60_days",
  ]);
  const app = call.sim.store.state.apps.find((candidate) => candidate.id === param(call, "client_id"));
  if (!app)
    throw new GraphError({
      code: 101,
      message: "Error validating application. Cannot get application info due to a system error.",
    });
  if (param(call, "client_secret") !== app.secret)
    throw new GraphError({ code: 1, message: "Error validating client secret.", status: 400 });
  const grant = param(call, "grant_type") ?? "authorization_code";
  if (grant === "client_credentials") return { access_token: `${app.id}|${app.secret}`, token_type: "bearer" };
  if (grant === "fb_exchange_token") return exchange(call, app);
  if (grant === "authorization_code") return redeem(call, app);
  throw new GraphError({ code: 100, message: `(#100) Unsupported grant_type "${grant}"` });
}

/** A code works once, within ten minutes, at the address it was sent to; texts as seen live (e.g. 100/36009, 2023-08). */
function redeem(call: Call, app: MetaApp): unknown {
  const { state } = call.sim.store;
  const now = call.sim.now();
  const code = state.codes.find((candidate) => candidate.code === param(call, "code") && candidate.appId === app.id);
  if (!code) throw new GraphError({ code: 100, subcode: 36007, message: "Invalid verification code format." });
  if (code.redirectUri !== param(call, "redirect_uri")) {
    throw new GraphError({
      code: 100,
      subcode: 36008,
      message:
        "Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request",
    });
  }
  if (code.usedAt !== undefined)
    throw new GraphError({ code: 100, subcode: 36009, message: "This authorization code has been used." });
  code.usedAt = now;
  call.sim.store.touch();
  if (now - code.at > CODE_LIFE_MS)
    throw new GraphError({ code: 100, subcode: 36007, message: "This authorization code has expired." });
  const { userId, scopes, pageIds, allPages, instagramIds, lifeMs = SHORT_LIVED_MS } = code;
  const reach = { ...(allPages && { allPages }), ...(instagramIds && { instagramIds }) };
  const token = mintUserToken(state, { appId: app.id, userId, scopes, pageIds, ...reach, now }, lifeMs);
  return answer(token.value, token.expiresAt, now);
}

/**
 * A user token becomes a long-lived one. A system user's of 60 days is renewed for 60 more with
 * `set_token_expires_in_60_days`; any other is answered as it is (meta-sending §6.1, §6.3).
 */
function exchange(call: Call, app: MetaApp): unknown {
  const { state } = call.sim.store;
  const now = call.sim.now();
  const given = identify(call.sim, param(call, "fb_exchange_token") ?? "");
  if (!given || given.kind === "app" || given.app.id !== app.id) {
    throw new GraphError({ code: 190, message: "Invalid OAuth access token - Cannot parse access token" });
  }
  const death = deathOf(call.sim, given.token);
  if (death) throw refusal(death);
  const renewed = given.kind === "system_user" && asBoolean(call.values.set_token_expires_in_60_days);
  if (given.kind !== "user" && !renewed) return answer(given.value, given.token.expiresAt, now);
  const { userId, scopes, pageIds, allPages, instagramIds } = given.token;
  const reach = { ...(allPages && { allPages }), ...(instagramIds && { instagramIds }) };
  const token = mintUserToken(state, { appId: app.id, userId, scopes, pageIds, ...reach, now }, LONG_LIVED_MS);
  call.sim.store.touch();
  return answer(token.value, token.expiresAt, now);
}

function answer(accessToken: string, expiresAt: number, now: number) {
  return {
    access_token: accessToken,
    token_type: "bearer",
    ...(expiresAt !== 0 && { expires_in: Math.floor((expiresAt - now) / 1000) }),
  };
}
