import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { killTokensOf, PASSWORD_CHANGED } from "../store/tokens.ts";
import { login } from "../world/build.ts";
import { parseBody } from "./body.ts";
import { findPage, findUser } from "./find.ts";

/** What happens to the people behind tokens, and to Pages. */
export function peopleRoutes(app: FastifyInstance, sim: Sim): void {
  const done = () => {
    sim.store.touch();
    sim.bus.emit({ type: "world" });
  };
  const Password = z.strictObject({ password: z.string().min(1).optional() });
  app.post<{ Params: { id: string } }>("/_sim/users/:id/password", async (request) => {
    const user = findUser(sim, request.params.id);
    const { password } = parseBody(Password, request);
    user.password =
      password ?? `${user.password.replace(/-\d+$/, "")}-${Number(/\d+$/.exec(user.password)?.[0] ?? 0) + 1}`;
    const killed = user.kind === "system_user" ? 0 : killTokensOf(sim.store.state, user.id, PASSWORD_CHANGED);
    done();
    return { ok: true, password: user.password, tokensKilled: killed };
  });
  app.post<{ Params: { id: string } }>("/_sim/users/:id/token", async (request) => {
    const tokens = login(sim.store.state, findUser(sim, request.params.id), sim.now());
    done();
    return {
      accessToken: tokens?.user.value ?? null,
      pages: tokens?.pages.map((token) => ({ id: token.pageId, accessToken: token.value })) ?? [],
    };
  });
  /** Role on a Page: `tasks: []` takes it away (190/492 from then on). */
  const Role = z.strictObject({ pageId: z.string(), tasks: z.array(z.string()) });
  app.post<{ Params: { id: string } }>("/_sim/users/:id/role", async (request) => {
    const user = findUser(sim, request.params.id);
    const { pageId, tasks } = parseBody(Role, request);
    const page = findPage(sim, pageId);
    if (tasks.length > 0) page.roles[user.id] = tasks;
    else delete page.roles[user.id];
    done();
    return { ok: true, roles: page.roles };
  });
}
