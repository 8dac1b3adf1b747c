import type { Sim } from "../sim.ts";
import type { User } from "../store/types.ts";
import { pagesWithRole } from "../world/access.ts";
import { button, escapeHtml, explained, frame, problem, sheet } from "./frame.ts";
import type { DialogRequest } from "./request.ts";

export function dialogProblem(message: string): string {
  return frame(
    "Error",
    `<main class="sheet" data-testid="oauth-problem"><h1>This login cannot go on</h1><p>${escapeHtml(message)}</p></main>`,
  );
}

/** Who logs in. Whoever granted the app something before goes on with that, or edits it. */
export function loginPage(sim: Sim, request: DialogRequest, wrong: string | null = null, picked?: User): string {
  const people = sim.store.state.users.filter((user) => user.kind === "person");
  const first = picked ?? people.find((user) => !user.deactivated);
  const person = (user: User) => {
    const off = user.deactivated === true;
    return `<label class="person"><input type="radio" name="user" value="${user.id}" data-testid="oauth-user-${user.id}"${user === first ? " checked" : ""}${off ? " disabled" : ""}>
      <img src="/_cdn/avatar/${user.id}.png" alt="" width="40" height="40"><span><b>${escapeHtml(user.name)}</b>
      <small>${escapeHtml(about(sim, request, user))}</small></span></label>`;
  };
  const scopes = request.scopes.map((scope) => `<li>${explained(scope)} <code>${escapeHtml(scope)}</code></li>`);
  return sheet(request, {
    title: "Log in",
    heading: `${request.app.name} asks to act for you`,
    step: "login",
    content: `${problem(wrong)}<fieldset><legend>Log in as</legend><div class="long">${people.map(person).join("")}</div></fieldset>
    <label class="field-row"><span>Password <small>left empty it is filled in for you</small></span>
    <input type="password" name="password" autocomplete="off" data-testid="oauth-password"></label>
    <details><summary>${request.scopes.length} permissions</summary><ul>${scopes.join("")}</ul></details>`,
    actions: `${button("allow", "Continue", "oauth-allow")} ${button("edit", "Edit settings", "oauth-edit", "")}`,
  });
}

/** What is known of a person, as far as it matters for this login. */
function about(sim: Sim, request: DialogRequest, user: User): string {
  if (user.deactivated) return "deactivated";
  const pages = pagesWithRole(sim, user);
  const few = pages.slice(0, 3).map((page) => page.name);
  const names = pages.length > 3 ? `${few.join(", ")} and ${pages.length - 3} more` : few.join(", ");
  const before = user.grants[request.app.id];
  const marks = [
    names || "no Page",
    before ? `used ${request.app.name} before` : `new to ${request.app.name}`,
    user.twoFactor && "two-factor",
    (user.checkpoint || user.unconfirmed) && "has to clear something at Facebook",
  ];
  return marks.filter(Boolean).join(" · ");
}
