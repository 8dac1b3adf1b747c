import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BLUE, KEVIN, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

interface Listed {
  id: string;
  name: string;
  tasks: string[];
  access_token: string;
  instagram_business_account?: { id: string; username: string };
}
const FIELDS = "id,name,access_token,tasks,instagram_business_account{id,username}";
const make = (body: object) => world.control("POST", `/_sim/users/${KEVIN}/pages`, body);
const fresh = async () => (await world.control("POST", `/_sim/users/${KEVIN}/token`, {})).body.accessToken;
const get = async (url: string) => (await fetch(url)).json() as Promise<{ data: Listed[]; paging?: { next?: string } }>;

/** Every page of the list, by following `paging.next`. */
async function follow(first: string): Promise<Listed[][]> {
  const pages: Listed[][] = [];
  for (let url: string | undefined = first; url; ) {
    const { data, paging } = await get(url);
    pages.push(data);
    url = paging?.next;
  }
  return pages;
}

describe("a person with 120 Pages", () => {
  it("S5 /me/accounts gives all of them once, in one order, 25 a page or as many as asked for up to 100", async () => {
    expect((await make({ count: 120 })).status).toBe(201);
    const token = await fresh();
    const list = async (limit: string) =>
      await follow(
        `${world.sim.url}/v26.0/me/accounts?${new URLSearchParams({ access_token: token, fields: FIELDS, ...(limit && { limit }) })}`,
      );
    const sizes = async (limit: string) => (await list(limit)).map((page) => page.length);
    expect(await sizes("")).toEqual([25, 25, 25, 25, 22]);
    expect(await sizes("50")).toEqual([50, 50, 22]);
    expect(await sizes("100")).toEqual([100, 22]);
    expect(await sizes("5000")).toEqual([100, 22]);
    const all = (await list("40")).flat();
    expect(new Set(all.map(({ id }) => id)).size).toBe(122);
    expect(all.slice(2, 5).map(({ name }) => name)).toEqual(["Branch 001", "Branch 002", "Branch 003"]);
    expect((await list("25")).flat().map(({ id }) => id)).toEqual(all.map(({ id }) => id));
    expect(all.filter((page) => page.tasks.length === 0).map(({ name }) => name)).toEqual(
      [20, 40, 60, 80, 100, 120].map((n) => `Branch ${String(n).padStart(3, "0")}`),
    );
    expect(all.filter((page) => page.instagram_business_account)).toHaveLength(41);
  });

  it("S5 a list nested in /me leads on to the edge itself", async () => {
    await make({ count: 30, instagramEvery: 0, tasklessEvery: 0 });
    const token = await fresh();
    const me = await world.graph("GET", "/v26.0/me", { access_token: token, fields: "name,accounts.limit(20){name}" });
    expect(me.body.accounts.data).toHaveLength(20);
    const rest = await follow(me.body.accounts.paging.next);
    expect(rest.flat()).toHaveLength(12);
    expect(Object.keys(rest[0]![0]!).toSorted()).toEqual(["id", "name"]);
  });

  it("S5 goes on counting, and takes all of them away again", async () => {
    await make({ count: 3, name: "Kiosk" });
    const second = (await make({ count: 2, name: "Kiosk" })).body.pages;
    expect(second.map(({ name }: { name: string }) => name)).toEqual(["Kiosk 004", "Kiosk 005"]);
    const { body } = await world.control("DELETE", `/_sim/users/${KEVIN}/pages`);
    expect(body.removed).toBe(5);
    expect((await world.control("GET", "/_sim/state")).body.pages.map(({ id }: { id: string }) => id)).toHaveLength(2);
    expect((await world.graph("GET", `/${BLUE}`)).status).toBe(200);
    expect((await world.graph("GET", `/${second[0].id}`, { access_token: await fresh() })).body.error.code).toBe(100);
  });
});
