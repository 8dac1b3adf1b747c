import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Sim } from "../sim.ts";
import { ALL_TASKS, killTokensOf, PASSWORD_CHANGED } from "../store/tokens.ts";
import { setRole } from "../world/access.ts";
import { login } from "../world/build.ts";
import { changedWorld } from "../world/standing.ts";
import { ControlError, parseBody } from "./body.ts";
import { findPage, findUser } from "./find.ts";
import { tokensAnswer } from "./tokens.ts";

/** Passwords, logins and roles on Pages of the people behind tokens. */
export function peopleRoutes(app: FastifyInstance, sim: Sim): void {
  const Password = z.strictObject({ password: z.string().min(1).optional() });
  app.post<{ Params: { id: string } }>("/_sim/users/:id/password", async (request) => {
    const user = findUser(sim, request.params.id);
    const { password } = parseBody(Password, request);
    user.password =
      password ?? `${user.password.replace(/-\d+$/, "")}-${Number(/\d+$/.exec(user.password)?.[0] ?? 0) + 1}`;
    const killed = user.kind === "system_user" ? 0 : killTokensOf(sim.store.state, user.id, PASSWORD_CHANGED);
    changedWorld(sim);
    return { ok: true, password: user.password, tokensKilled: killed };
  });
  const Token = z.strictObject({ life: z.enum(["long", "short", "60_days"]).optional() });
  app.post<{ Params: { id: string } }>("/_sim/users/:id/token", async (request) => {
    const user = findUser(sim, request.params.id);
    const tokens = login(sim.store.state, user, sim.now(), parseBody(Token, request).life);
    changedWorld(sim);
    return tokensAnswer(tokens);
  });
  /** Role on a Page: `tasks: []` takes it away (190/492 from then on), unless the role is kept without tasks. */
  const Role = z.strictObject({
    pageId: z.string(),
    tasks: z.array(z.string()),
    keepRole: z.boolean().default(false),
  });
  app.post<{ Params: { id: string } }>("/_sim/users/:id/role", async (request) => {
    const user = findUser(sim, request.params.id);
    const { pageId, tasks, keepRole } = parseBody(Role, request);
    const page = findPage(sim, pageId);
    const unknown = tasks.find((task) => !ALL_TASKS.includes(task));
    if (unknown !== undefined) throw new ControlError(400, `tasks: ${unknown} is none of ${ALL_TASKS.join(", ")}.`);
    setRole(sim, user, page, tasks.length > 0 || keepRole ? tasks : null);
    return { ok: true, roles: page.roles };
  });
}
