import type { FastifyInstance, FastifyReply } from "fastify";
import type { Sim } from "../sim.ts";
import { opaque } from "../store/ids.ts";
import { ALL_SCOPES } from "../store/tokens.ts";
import { dialogPage, dialogProblem } from "./dialog-page.ts";

interface DialogQuery {
  client_id?: string;
  redirect_uri?: string;
  state?: string;
  response_type?: string;
  scope?: string;
  config_id?: string;
}

interface Decision extends DialogQuery {
  user?: string;
  pages?: string | string[];
  decision?: string;
}

/**
 * The login dialog `https://www.facebook.com/{v}/dialog/oauth`. Allow leads back with `code` and `state`, cancel with
 * `error=access_denied`. Source: Facebook Login, "Manually build a login flow" (v25); meta-sending §6.1.
 */
export function dialogRoutes(app: FastifyInstance, sim: Sim): void {
  for (const prefix of ["", "/:version"]) {
    app.get<{ Querystring: DialogQuery }>(`${prefix}/dialog/oauth`, async (request, reply) => {
      const problem = check(sim, request.query);
      if (problem) return await html(reply, dialogProblem(problem), 400);
      return await html(
        reply,
        dialogPage(sim.store.state, request.query as Required<DialogQuery>, scopesOf(request.query)),
      );
    });
    app.post<{ Body: Decision }>(`${prefix}/dialog/oauth`, async (request, reply) => {
      const problem = check(sim, request.body);
      if (problem) return await html(reply, dialogProblem(problem), 400);
      return await reply.redirect(decide(sim, request.body), 302);
    });
  }
}

function html(reply: FastifyReply, page: string, status = 200) {
  return reply.code(status).type("text/html; charset=utf-8").header("cache-control", "no-store").send(page);
}

function scopesOf(query: DialogQuery): string[] {
  const asked = (query.scope ?? "").split(/[,\s]+/).filter(Boolean);
  if (asked.length === 0) return query.config_id ? ALL_SCOPES : ["public_profile"];
  return [...new Set([...asked, "public_profile"])];
}

function check(sim: Sim, query: DialogQuery): string | null {
  if (!sim.store.state.apps.some((app) => app.id === query.client_id)) {
    return "Invalid App ID: The provided app ID does not look like a valid app ID.";
  }
  if (query.response_type && query.response_type !== "code") return "The local Meta answers response_type=code only.";
  if (!query.redirect_uri || !/^https?:\/\//.test(query.redirect_uri) || !URL.canParse(query.redirect_uri)) {
    return "The redirect_uri URL must be absolute.";
  }
  return null;
}

function decide(sim: Sim, body: Decision): string {
  const { state } = sim.store;
  const back = new URL(body.redirect_uri ?? "");
  const user = state.users.find((candidate) => candidate.id === body.user);
  if (body.decision !== "allow" || !user) {
    back.searchParams.set("error", "access_denied");
    back.searchParams.set("error_code", "200");
    back.searchParams.set("error_description", "Permissions error");
    back.searchParams.set("error_reason", "user_denied");
    if (body.state) back.searchParams.set("state", body.state);
    return `${back.href}#_=_`;
  }
  const ticked = body.pages === undefined ? [] : [body.pages].flat();
  const pageIds = state.pages.filter((page) => page.roles[user.id] && ticked.includes(page.id)).map((page) => page.id);
  const scopes = scopesOf(body);
  const code = `AQ${opaque(120)}`;
  const appId = body.client_id ?? "";
  user.grants[appId] = { scopes, pageIds, at: sim.now() };
  state.codes.push({
    code,
    appId,
    userId: user.id,
    redirectUri: body.redirect_uri ?? "",
    scopes,
    pageIds,
    at: sim.now(),
  });
  if (state.codes.length > 100) state.codes.shift();
  sim.store.touch();
  back.searchParams.set("code", code);
  if (body.state) back.searchParams.set("state", body.state);
  return back.href;
}
