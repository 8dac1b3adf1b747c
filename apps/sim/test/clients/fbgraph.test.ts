import { createRequire } from "node:module";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ANN, BLUE, World } from "../support/world.ts";
import { loaded, reachInsteadOfMeta } from "./graph-host.ts";

const require = createRequire(import.meta.url);
const graph = loaded(require("fbgraph"));
const call = {
  get: promisify(graph.get.bind(graph)),
  post: promisify(graph.post.bind(graph)),
  del: promisify(graph.del.bind(graph)),
};
let world: World;
let putBack: () => void;

beforeAll(async () => {
  world = await new World().start();
  putBack = reachInsteadOfMeta(world.sim.url);
  await world.write("hi");
  graph.setVersion("26.0").setAppSecret(world.sim.app.secret).setAccessToken(world.token);
});
afterAll(async () => {
  putBack();
  await world.stop();
});

describe("fbgraph 1.4.4 (criso), unmodified, with Meta's address built in", () => {
  it("sends a text as form fields, signed with appsecret_proof", async () => {
    const sent = await call.post("me/messages", {
      recipient: JSON.stringify({ id: ANN }),
      message: JSON.stringify({ text: "from fbgraph" }),
      messaging_type: "RESPONSE",
    });
    expect(sent).toMatchObject({ recipient_id: ANN });
    expect((await world.thread()).messages.at(-1).text).toBe("from fbgraph");
  });

  it("reads a profile with the fields it names", async () => {
    expect(await call.get(`${ANN}?fields=id,first_name`)).toEqual({ id: ANN, first_name: expect.any(String) });
  });

  it("subscribes the Page, reads it back, and unsubscribes by POST with method=delete", async () => {
    const fields = "messages,messaging_postbacks";
    expect(await call.post(`${BLUE}/subscribed_apps`, { subscribed_fields: fields })).toEqual({ success: true });
    const listed = (await call.get(`${BLUE}/subscribed_apps`)) as {
      data: { id: string; subscribed_fields: string[] }[];
    };
    expect(listed.data).toMatchObject([{ id: world.sim.app.id, subscribed_fields: fields.split(",") }]);
    expect(await call.del(`${BLUE}/subscribed_apps`)).toEqual({ success: true });
    expect(await call.get(`${BLUE}/subscribed_apps`)).toEqual({ data: [] });
  });

  it("follows paging to the end, as it hands the address of the next page back", async () => {
    graph.setAccessToken(world.userToken);
    const seen: string[] = [];
    let next: string | undefined = "me/accounts?limit=1&fields=id";
    while (next) {
      const page = (await call.get(next)) as { data: { id: string }[]; paging?: { next?: string } };
      seen.push(...page.data.map(({ id }) => id));
      // The next page's address carries the version and the token, at Meta's host.
      next = page.paging?.next?.replace(/^https?:\/\/[^/]+\/v26\.0\//, "");
    }
    graph.setAccessToken(world.token);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).toContain(BLUE);
    expect(seen.length).toBeGreaterThan(1);
  });

  it("exchanges a token for a long-lived one", async () => {
    const extended = await promisify(graph.extendAccessToken.bind(graph))({
      client_id: world.sim.app.id,
      client_secret: world.sim.app.secret,
      access_token: world.userToken,
    });
    expect(extended).toMatchObject({ access_token: expect.any(String), token_type: "bearer" });
  });

  it("gives Meta's error object to the callback", async () => {
    await expect(call.get("me/nothing_of_the_kind")).rejects.toMatchObject({ code: 100, type: "OAuthException" });
    await world.faults({ nextSend: [{ code: 190, subcode: 460 }] });
    const refused = call.post("me/messages", { recipient: JSON.stringify({ id: ANN }), message: '{"text":"x"}' });
    await expect(refused).rejects.toMatchObject({ code: 190, error_subcode: 460 });
  });
});
