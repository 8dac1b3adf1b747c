import type { World } from "./world.ts";

export const REDIRECT = "http://127.0.0.1:3000/oauth/callback?x=1";
export const SCOPES =
  "pages_show_list,pages_messaging,pages_manage_metadata,pages_read_engagement,instagram_basic,instagram_manage_messages";

/** One answer of the dialog: a page, or the address it leads back to. */
export interface Turn {
  page: string;
  status: number;
  back: URL | null;
}

/** A browser without scripts in the login dialog: sends the form it is shown, with what a person changes in it. */
export class Login {
  private readonly world: World;
  private readonly query: Record<string, string>;
  private shown = "";

  constructor(world: World, query: Record<string, string> = {}) {
    this.world = world;
    this.query = {
      client_id: world.sim.app.id,
      redirect_uri: REDIRECT,
      state: "s-1",
      response_type: "code",
      ...("config_id" in query ? {} : { scope: SCOPES }),
      ...query,
    };
  }

  async open(): Promise<Turn> {
    const { status, body } = await this.world.http("GET", `/v26.0/dialog/oauth?${new URLSearchParams(this.query)}`);
    this.shown = String(body);
    return { page: this.shown, status, back: null };
  }

  /** Presses a button. `set` replaces every value of a name: a list for ticks, [] to take all away. */
  async press(decision: string, set: Record<string, string | string[]> = {}): Promise<Turn> {
    const form = new URLSearchParams();
    for (const [name, value] of fieldsOf(this.shown)) if (!(name in set)) form.append(name, value);
    for (const [name, value] of Object.entries(set)) for (const one of [value].flat()) form.append(name, one);
    form.append("decision", decision);
    const response = await fetch(`${this.world.sim.url}/v26.0/dialog/oauth`, {
      method: "POST",
      redirect: "manual",
      body: form,
    });
    const location = response.headers.get("location");
    if (location) return { page: "", status: response.status, back: new URL(location) };
    this.shown = await response.text();
    return { page: this.shown, status: response.status, back: null };
  }

  /** The code of a finished login turned into a short-lived token, and what Meta says of it. */
  async redeem(turn: Turn): Promise<{ token: string; expiresIn: number | undefined }> {
    const { body } = await exchange(this.world, {
      code: turn.back?.searchParams.get("code") ?? "",
      redirect_uri: REDIRECT,
    });
    return { token: body.access_token, expiresIn: body.expires_in };
  }
}

/** Name and value of every field the form would send as it stands. */
function fieldsOf(page: string): [string, string][] {
  const inputs = [...page.matchAll(/<input\b[^>]*>/g)].map(([tag]) => tag);
  const attribute = (tag: string, name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  const ticked = (tag: string) => !/type="(radio|checkbox)"/.test(tag) || / checked/.test(tag);
  return inputs
    .filter((tag) => attribute(tag, "name") && ticked(tag) && !/ disabled/.test(tag))
    .map((tag) => [attribute(tag, "name") ?? "", textOf(attribute(tag, "value") ?? "")]);
}

const textOf = (text: string) => text.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));

export const exchange = (world: World, params: Record<string, string>) =>
  world.graph("GET", "/v26.0/oauth/access_token", {
    access_token: "",
    client_id: world.sim.app.id,
    client_secret: world.sim.app.secret,
    ...params,
  });

/** `debug_token`, asked with the app's own token. */
export async function debug(world: World, token: string) {
  const { status, body } = await world.graph("GET", "/debug_token", {
    input_token: token,
    access_token: world.appToken,
  });
  return { status, ...body.data };
}
