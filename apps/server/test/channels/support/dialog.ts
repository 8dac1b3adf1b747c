import type { GrantedPages } from "@firstline/contracts";
import { expect } from "vitest";
import { BLUE, KEVIN, TEA, type World } from "../../api/support/world.ts";
import type { Person } from "../../harness/index.ts";

/** What a browser does between our server and Meta's dialog, for one member. */
export function loginOf(w: World, admin: Person) {
  const allow = { user: KEVIN, pages: [BLUE, TEA], decision: "allow" };

  const begin = async (who = admin, body: Record<string, unknown> = {}) =>
    (await w.call<{ url: string }>("POST", "/channels/authorizations", { headers: who.headers, body })).json.url;

  /** Shows the dialog, then posts its form. Gives the address the browser is sent back to. */
  const atMeta = async (url: string, choice: Record<string, string | string[]>): Promise<URL> => {
    const dialog = await fetch(url);
    expect(dialog.status).toBe(200);
    const form = new URLSearchParams(new URL(url).searchParams);
    for (const [name, value] of Object.entries(choice)) for (const one of [value].flat()) form.append(name, one);
    const answer = await fetch(url.split("?")[0]!, { method: "POST", body: form, redirect: "manual" });
    expect(answer.status).toBe(302);
    return new URL(answer.headers.get("location")!);
  };

  /** Back at our server, in somebody's browser. Gives where it leads. */
  const back = async (to: URL, who: Person | null = admin) => {
    const answer = await w.inject({
      method: "GET",
      url: `${to.pathname}${to.search}`,
      headers: { "sec-fetch-mode": "navigate", ...who?.headers },
    });
    const location = new URL(String(answer.headers.location ?? "/"), "http://x");
    return { status: answer.statusCode, query: location.searchParams, path: location.pathname };
  };

  /** A whole login. Gives the choice it leads to. */
  const grantOf = async (choice: Record<string, string | string[]> = allow, body: Record<string, unknown> = {}) => {
    const { query } = await back(await atMeta(await begin(admin, body), choice));
    return offered(query.get("grant")!);
  };
  const offered = async (grantId: string) =>
    (await w.call<GrantedPages>("GET", `/channels/grants/${grantId}`, { headers: admin.headers })).json;

  return { allow, begin, atMeta, back, grantOf, offered };
}
