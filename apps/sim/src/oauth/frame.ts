import { type DialogRequest, QUERY_NAMES } from "./request.ts";

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

export const frame = (title: string, body: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><link rel="stylesheet" href="/_ui/base.css"><link rel="stylesheet" href="/_ui/dialog.css"></head>
<body class="dialog">${body}</body></html>`;

/**
 * A step: heading, what is in the form, and what every step carries on. The form posts to where it came from. The button
 * that goes on is the first, since the enter key presses that one.
 */
export function sheet(
  request: DialogRequest,
  part: { title: string; heading: string; step: string; ticket?: string; content: string; actions: string },
): string {
  const carried = QUERY_NAMES.map((name) => hidden(name, request.query[name]));
  return frame(
    part.title,
    `<main class="sheet" data-testid="oauth-step-${part.step}"><p class="brand">Local Meta · login</p>
    <h1>${escapeHtml(part.heading)}</h1>
    <form method="post">${carried.join("")}${hidden("step", part.step)}${hidden("ticket", part.ticket)}
    ${part.content}
    <div class="actions">${part.actions}
    <button name="decision" value="cancel" class="quiet" data-testid="oauth-cancel" formnovalidate>Cancel</button></div></form></main>`,
  );
}

export function hidden(name: string, value: string | undefined): string {
  return value ? `<input type="hidden" name="${name}" value="${escapeHtml(value)}">` : "";
}

export function button(value: string, label: string, testId: string, kind = "primary"): string {
  return `<button name="decision" value="${value}" class="${kind}" data-testid="${testId}">${escapeHtml(label)}</button>`;
}

export function problem(text: string | null): string {
  return text ? `<p class="problem" role="alert" data-testid="oauth-error">${escapeHtml(text)}</p>` : "";
}

export const EXPLAIN: Record<string, string> = {
  pages_show_list: "Show a list of the Pages you manage",
  pages_messaging: "Manage and access Page conversations on Messenger",
  pages_utility_messaging: "Create message templates and send utility messages",
  pages_manage_metadata: "Manage accounts, settings and webhooks for a Page",
  pages_read_engagement: "Read content posted on the Page",
  pages_read_user_content: "Read comments and posts of others on the Page",
  business_management: "Manage your business",
  instagram_basic: "Access profile and posts from the connected Instagram account",
  instagram_manage_messages: "Manage and access conversations of the Instagram account",
  instagram_manage_comments: "Manage comments of the Instagram account",
  public_profile: "Name and profile picture",
};

export const explained = (scope: string) => escapeHtml(EXPLAIN[scope] ?? scope);
