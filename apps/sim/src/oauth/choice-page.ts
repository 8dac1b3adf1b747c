import { linkedInstagram } from "../graph/instagram-access.ts";
import type { Sim } from "../sim.ts";
import type { Page, User } from "../store/types.ts";
import { BUSINESS } from "./configurations.ts";
import { type Chosen, grantablePages, proposalFor } from "./decide.ts";
import { button, escapeHtml, explained, hidden, sheet } from "./frame.ts";
import type { DialogRequest } from "./request.ts";

/** Which Pages, which Instagram accounts, which permissions. */
export function choicePage(sim: Sim, request: DialogRequest, user: User, ticket: string): string {
  const pages = grantablePages(sim, request, user);
  const proposed = proposalFor(sim, request, user);
  const heading = user.grants[request.app.id]
    ? `Continue as ${user.name}, or change what ${request.app.name} gets`
    : `What should ${request.app.name} get from ${user.name}?`;
  return sheet(request, {
    title: "Choose what to share",
    heading,
    step: "choice",
    ticket,
    content: `${business(request)}${pageChoice(request, pages, proposed)}${instagramChoice(pages, proposed)}${permissions(request, proposed)}`,
    actions: button("allow", "Continue", "oauth-allow"),
  });
}

function business({ configuration }: DialogRequest): string {
  if (!configuration) return "";
  const token =
    configuration.tokenType === "system_user"
      ? `${escapeHtml(BUSINESS.name)} connects; the token belongs to a system user of the business${configuration.expires === "60_days" ? " and lasts 60 days" : ""}.`
      : "The token is yours.";
  return `<p class="hint" data-testid="oauth-config">${escapeHtml(configuration.name)} · ${token} All permissions are granted, or none.</p>`;
}

const box = (name: string, value: string, checked: boolean, testId: string, label: string, picture = "") =>
  `<label class="asset"><input type="checkbox" name="${name}" value="${escapeHtml(value)}"${checked ? " checked" : ""} data-testid="${testId}">${picture}<span>${label}</span></label>`;

const picture = (id: string) => `<img src="/_cdn/avatar/${id}.png" alt="" width="32" height="32" loading="lazy">`;

function pageChoice(request: DialogRequest, pages: Page[], proposed: Chosen): string {
  if (pages.length === 0) {
    const why =
      request.configuration?.tokenType === "system_user"
        ? "You have full control of no Page."
        : "You have a role on no Page.";
    return `<fieldset><legend>Pages</legend><p class="hint" data-testid="oauth-no-pages">${why}</p></fieldset>`;
  }
  const one = (page: Page) =>
    box(
      "pages",
      page.id,
      proposed.pageIds?.includes(page.id) ?? false,
      `oauth-page-${page.id}`,
      escapeHtml(page.name),
      picture(page.id),
    );
  return `<fieldset><legend>Pages</legend>
    ${box("all_pages", "1", proposed.allPages ?? false, "oauth-all-pages", "All current and future Pages")}
    <p class="hint">Or only these ${pages.length}:</p><div class="long">${pages.map(one).join("")}</div></fieldset>`;
}

function instagramChoice(pages: Page[], proposed: Chosen): string {
  const accounts = pages.flatMap((page) => {
    const account = linkedInstagram(page);
    return account ? [{ account, page }] : [];
  });
  if (accounts.length === 0) return "";
  const boxes = accounts.map(({ account, page }) =>
    box(
      "instagram",
      account.id,
      proposed.instagramIds?.includes(account.id) ?? false,
      `oauth-instagram-${account.id}`,
      `@${escapeHtml(account.username)} <small>${escapeHtml(page.name)}</small>`,
    ),
  );
  return `<fieldset><legend>Instagram accounts</legend>${hidden("instagram_shown", "1")}<div class="long">${boxes.join("")}</div></fieldset>`;
}

/** Each permission may be left out, but not with a configuration. */
function permissions(request: DialogRequest, proposed: Chosen): string {
  const asked = request.scopes.filter((scope) => scope !== "public_profile");
  if (request.configuration) {
    const items = asked.map((scope) => `<li>${explained(scope)} <code>${escapeHtml(scope)}</code></li>`);
    return `<details><summary>${asked.length} permissions</summary><ul>${items.join("")}</ul></details>`;
  }
  const boxes = asked.map((scope) =>
    box(
      "permissions",
      scope,
      proposed.scopes?.includes(scope) ?? true,
      `oauth-permission-${scope}`,
      `${explained(scope)} <small class="mono">${escapeHtml(scope)}</small>`,
    ),
  );
  return `<fieldset><legend>Permissions</legend>${hidden("permissions_shown", "1")}${boxes.join("")}</fieldset>`;
}
