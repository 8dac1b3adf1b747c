import type { State } from "../store/types.ts";

interface Query {
  client_id: string;
  redirect_uri: string;
  state: string;
  scope: string;
  config_id: string;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

const EXPLAIN: Record<string, string> = {
  pages_show_list: "Show a list of the Pages you manage",
  pages_messaging: "Manage and access Page conversations on Messenger",
  pages_utility_messaging: "Create message templates and send utility messages",
  pages_manage_metadata: "Manage accounts, settings and webhooks for a Page",
  pages_read_engagement: "Read content posted on the Page",
  business_management: "Manage your business",
  instagram_basic: "Access profile and posts from the connected Instagram account",
  instagram_manage_messages: "Manage and access conversations of the Instagram account",
  public_profile: "Name and profile picture",
};

const frame = (title: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><link rel="stylesheet" href="/_ui/base.css"><link rel="stylesheet" href="/_ui/dialog.css"></head>
<body class="dialog">${body}</body></html>`;

export function dialogProblem(message: string): string {
  return frame("Error", `<main class="sheet"><h1>This login cannot go on</h1><p>${escapeHtml(message)}</p></main>`);
}

/** Who logs in, which Pages, which permissions; works without scripts. */
export function dialogPage(state: State, query: Query, scopes: string[]): string {
  const app = state.apps.find((candidate) => candidate.id === query.client_id);
  const people = state.users.filter((user) => user.kind === "person");
  const carried = ["client_id", "redirect_uri", "state", "scope", "config_id"] as const;
  const hidden = carried.map((name) =>
    query[name] ? `<input type="hidden" name="${name}" value="${escapeHtml(query[name])}">` : "",
  );
  const person = (user: State["users"][number], index: number) => {
    const pages = state.pages.filter((page) => page.roles[user.id]);
    return `<label class="person"><input type="radio" name="user" value="${user.id}" data-testid="oauth-user-${user.id}"${index === 0 ? " checked" : ""}>
      <img src="/_cdn/avatar/${user.id}.png" alt="" width="40" height="40"><span><b>${escapeHtml(user.name)}</b>
      <small>${pages.map((page) => escapeHtml(page.name)).join(", ") || "no Page"}</small></span></label>`;
  };
  const page = (
    one: State["pages"][number],
  ) => `<label class="asset"><input type="checkbox" name="pages" value="${one.id}" checked
      data-testid="oauth-page-${one.id}"><img src="/_cdn/avatar/${one.id}.png" alt="" width="32" height="32"><span>${escapeHtml(one.name)}
      ${one.instagram ? `<small>Instagram @${escapeHtml(one.instagram.username)}</small>` : ""}</span></label>`;
  return frame(
    "Log in",
    `<main class="sheet"><p class="brand">Local Meta · login</p>
    <h1>${escapeHtml(app?.name ?? "")} asks to act for you</h1>
    <form method="post"><fieldset><legend>Log in as</legend>${people.map(person).join("")}</fieldset>
    <fieldset><legend>Pages to use with ${escapeHtml(app?.name ?? "")}</legend><p class="hint">Pages the chosen person has no role on are left out.</p>
    ${state.pages.map(page).join("")}</fieldset>
    <details><summary>${scopes.length} permissions</summary><ul>${scopes.map((scope) => `<li>${escapeHtml(EXPLAIN[scope] ?? scope)} <code>${escapeHtml(scope)}</code></li>`).join("")}</ul></details>
    ${hidden.join("")}<div class="actions"><button name="decision" value="cancel" class="quiet" data-testid="oauth-cancel">Cancel</button>
    <button name="decision" value="allow" class="primary" data-testid="oauth-allow">Continue</button></div></form></main>`,
  );
}
