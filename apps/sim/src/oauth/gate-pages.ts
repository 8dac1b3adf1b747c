import type { User } from "../store/types.ts";
import { twoFactorCode } from "../world/standing.ts";
import { button, escapeHtml, problem, sheet } from "./frame.ts";
import type { DialogRequest } from "./request.ts";

/** What stands between the password and the choice. */

export function codePage(request: DialogRequest, user: User, ticket: string, wrong: boolean): string {
  return sheet(request, {
    title: "Two-factor authentication",
    heading: "Enter the code of your second factor",
    step: "code",
    ticket,
    content: `${problem(wrong ? "The code you entered is incorrect." : null)}
    <p class="hint">The app on ${escapeHtml(user.name)}'s phone shows <b class="mono" data-testid="oauth-code-shown">${twoFactorCode(user)}</b>.</p>
    <label class="field-row"><span>Code</span><input name="code" inputmode="numeric" autocomplete="one-time-code" required data-testid="oauth-code"></label>`,
    actions: button("allow", "Continue", "oauth-code-submit"),
  });
}

export function checkpointPage(request: DialogRequest, user: User, ticket: string): string {
  return sheet(request, {
    title: "Checkpoint",
    heading: "Facebook wants to be sure it is you",
    step: "cleared",
    ticket,
    content: `<p class="hint" data-testid="oauth-checkpoint">${escapeHtml(user.name)}'s account is at a security checkpoint (190/${user.checkpoint ?? 459}).
    No app can act for it before the person has logged in at facebook.com and followed the instructions.</p>`,
    actions: button("allow", "Do what Facebook asks", "oauth-checkpoint-clear"),
  });
}

export function unconfirmedPage(request: DialogRequest, user: User, ticket: string): string {
  return sheet(request, {
    title: "Confirm your account",
    heading: "Confirm your account first",
    step: "cleared",
    ticket,
    content: `<p class="hint" data-testid="oauth-unconfirmed">${escapeHtml(user.name)} has not confirmed the e-mail address yet (190/464).</p>`,
    actions: button("allow", "Confirm", "oauth-confirm"),
  });
}
