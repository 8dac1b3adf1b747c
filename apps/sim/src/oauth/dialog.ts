import type { FastifyInstance, FastifyReply } from "fastify";
import type { Sim } from "../sim.ts";
import type { User } from "../store/types.ts";
import { twoFactorCode } from "../world/standing.ts";
import { choicePage } from "./choice-page.ts";
import { allowed, type Chosen, denied } from "./decide.ts";
import { dialogProblem, loginPage } from "./dialog-page.ts";
import { checkpointPage, codePage, unconfirmedPage } from "./gate-pages.ts";
import { type DialogQuery, type DialogRequest, readRequest } from "./request.ts";
import { issueTicket, type Ticket, ticketOf } from "./tickets.ts";

/** A form of the dialog. Without `step` it is the whole login at once: person, Pages, decision. */
interface Form extends DialogQuery {
  step?: "login" | "code" | "cleared" | "choice";
  ticket?: string;
  user?: string;
  password?: string;
  code?: string;
  decision?: string;
  pages?: string | string[];
  all_pages?: string;
  instagram?: string | string[];
  /** Says that Instagram accounts, permissions, could be chosen: none ticked means none. */
  instagram_shown?: string;
  permissions?: string | string[];
  permissions_shown?: string;
}

/** A page to show, or where to go. */
type Turn = { page: string; status?: number } | { to: string };

/**
 * The login dialog `https://www.facebook.com/{v}/dialog/oauth`: who you are, the second factor, whatever Facebook wants
 * cleared first, what the app gets. Allow leads back with `code` and `state`, cancel with `error=access_denied`. Works
 * without scripts. Source: Facebook Login, "Manually build a login flow" (v25); Facebook Login for Business, 2026-05-05;
 * meta-sending §6.1.
 */
export function dialogRoutes(app: FastifyInstance, sim: Sim): void {
  for (const prefix of ["", "/:version"]) {
    app.get<{ Querystring: DialogQuery }>(`${prefix}/dialog/oauth`, async (request, reply) => {
      const asked = readRequest(sim, request.query);
      if (typeof asked === "string") return await show(reply, { page: dialogProblem(asked), status: 400 });
      return await show(reply, { page: loginPage(sim, asked) });
    });
    app.post<{ Body: Form }>(`${prefix}/dialog/oauth`, async (request, reply) => {
      const form = request.body ?? {};
      const asked = readRequest(sim, form);
      if (typeof asked === "string") return await show(reply, { page: dialogProblem(asked), status: 400 });
      return await show(reply, takeTurn(sim, asked, form));
    });
  }
}

async function show(reply: FastifyReply, turn: Turn) {
  if ("to" in turn) return await reply.redirect(turn.to, 302);
  const { page, status = 200 } = turn;
  return await reply.code(status).type("text/html; charset=utf-8").header("cache-control", "no-store").send(page);
}

function takeTurn(sim: Sim, asked: DialogRequest, form: Form): Turn {
  if (form.decision === "cancel") return { to: denied(asked) };
  if (form.step === undefined || form.step === "login") return logIn(sim, asked, form);
  const ticket = ticketOf(sim, form.ticket);
  const user = ticket && sim.store.state.users.find((one) => one.id === ticket.userId);
  if (!ticket || !user) return { page: loginPage(sim, asked, "This login took too long. Begin again.") };
  const go = () => goOn(sim, asked, user, ticket, form.ticket ?? "");
  if (form.step === "choice") {
    ticket.wish = "finish";
    ticket.chosen = chosenIn(form);
    return go();
  }
  if (form.step === "code") {
    if ((form.code ?? "").replace(/\s/g, "") !== twoFactorCode(user))
      return { page: codePage(asked, user, form.ticket ?? "", true) };
    ticket.passedCode = true;
    return go();
  }
  // The person did what Facebook asked for.
  delete user.checkpoint;
  delete user.unconfirmed;
  sim.store.touch();
  sim.bus.emit({ type: "world" });
  return go();
}

function logIn(sim: Sim, asked: DialogRequest, form: Form): Turn {
  const user = sim.store.state.users.find((one) => one.id === form.user && one.kind === "person");
  // The whole login at once, with a person nobody knows: nothing is granted.
  if (!user) return form.step ? { page: loginPage(sim, asked, "Choose who you are.") } : { to: denied(asked) };
  if (user.deactivated) return { page: loginPage(sim, asked, `${user.name}'s account is deactivated.`, user) };
  // Left empty it is filled in for you.
  if (form.password && form.password !== user.password)
    return { page: loginPage(sim, asked, "The password you entered is incorrect.", user) };
  if (form.step === undefined && form.decision !== "allow") return { to: denied(asked) };
  const wish = form.step && mustChoose(asked, user, form) ? "choose" : "finish";
  const chosen = form.step ? {} : chosenIn(form);
  const id = issueTicket(sim, { userId: user.id, wish, chosen });
  const ticket = ticketOf(sim, id);
  return ticket ? goOn(sim, asked, user, ticket, id) : { to: denied(asked) };
}

/** Who granted the app something before may just go on; everybody else, and who asks for it, sees the choice. */
function mustChoose(asked: DialogRequest, user: User, form: Form): boolean {
  return (
    form.decision === "edit" ||
    asked.rerequest ||
    asked.configuration?.tokenType === "system_user" ||
    user.grants[asked.app.id] === undefined
  );
}

function goOn(sim: Sim, asked: DialogRequest, user: User, ticket: Ticket, id: string): Turn {
  if (user.twoFactor && !ticket.passedCode) return { page: codePage(asked, user, id, false) };
  if (user.checkpoint) return { page: checkpointPage(asked, user, id) };
  if (user.unconfirmed) return { page: unconfirmedPage(asked, user, id) };
  if (ticket.wish === "choose") return { page: choicePage(sim, asked, user, id) };
  return { to: allowed(sim, asked, user, ticket.chosen) };
}

const list = (value: string | string[] | undefined): string[] => (value === undefined ? [] : [value].flat());

function chosenIn(form: Form): Chosen {
  return {
    pageIds: list(form.pages),
    ...(form.all_pages && { allPages: true }),
    ...((form.instagram_shown || form.instagram !== undefined) && { instagramIds: list(form.instagram) }),
    ...((form.permissions_shown || form.permissions !== undefined) && { scopes: list(form.permissions) }),
  };
}
