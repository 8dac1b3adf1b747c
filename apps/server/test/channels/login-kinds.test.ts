import type { Channel, Problem } from "@firstline/contracts";
import { afterEach, expect, test } from "vitest";
import {
  ANN,
  BLUE,
  BLUE_INSTAGRAM,
  KEVIN,
  profiled,
  startWorld,
  surveyed,
  TEA,
  type World,
} from "../api/support/world.ts";
import { loginOf } from "./support/dialog.ts";

let w: World;
afterEach(() => w.close());

/** A configuration of the local Meta: the token of a Business Integration System User, without an end. */
const SYSTEM_USER_LOGIN = "1519000000000002";

async function connectThroughDialog(pages: [Channel["platform"], string][]): Promise<Channel[]> {
  const admin = await w.asMember("administrator", { name: "Olivia" });
  const { grantId } = await loginOf(w, admin).grantOf();
  const { json } = await w.call<{ channels: Channel[]; failures: { problem: Problem }[] }>(
    "POST",
    `/channels/grants/${grantId}`,
    { headers: admin.headers, body: { pages: pages.map(([platform, externalId]) => ({ platform, externalId })) } },
  );
  expect(json.failures).toEqual([]);
  return json.channels;
}

test("every call carries its appsecret_proof: with an app that demands it nothing of connecting, surveying, checking or sending is refused", async () => {
  w = await startWorld();
  await w.meta.faults({ requireProof: true });
  const bare = await fetch(`${w.sim.url}/me?access_token=${await w.meta.pageToken(KEVIN, BLUE)}`);
  expect(await bare.text()).toContain("appsecret_proof");

  const channels = await connectThroughDialog([
    ["messenger", BLUE],
    ["instagram", BLUE_INSTAGRAM],
  ]);
  for (const { id } of channels) await surveyed(w, id);
  const page = channels.find((c) => c.externalId === BLUE)!;
  const conversation = await w.customerWrites(BLUE, ANN, "hello");
  await profiled(w, conversation);
  const sent = (await w.reply(conversation.id, { text: "with proof" })).json;
  await w.becomes(sent, "sent", "delivered", "read");
  for (const look of [`/channels/${page.id}/health`, `/channels/${page.id}/routing?refresh=true`])
    await w.call("GET", look, { headers: w.apiKey });
  await w.call("DELETE", `/channels/${page.id}`, { headers: w.apiKey });

  const { data } = await w.meta.get<{ data: { path: string; message: string | null }[] }>("/graph-calls?limit=500");
  const paths = data.map((call) => call.path).join(" ");
  for (const part of ["debug_token", "me/accounts", "subscribed_apps", "messages", ANN]) expect(paths).toContain(part);
  expect(data.filter((call) => call.message?.includes("appsecret_proof")).map((call) => call.path)).toEqual(["/me"]);
});

test("O3 with a configuration of Facebook Login for Business the dialog asks for that alone, and a Business Integration System User's access outlives the person's password", async () => {
  w = await startWorld({ env: { META_LOGIN_CONFIG_ID: SYSTEM_USER_LOGIN } });
  const admin = await w.asMember("administrator");
  const login = loginOf(w, admin);
  const url = new URL(await login.begin());
  expect([url.searchParams.get("config_id"), url.searchParams.get("scope")]).toEqual([SYSTEM_USER_LOGIN, null]);
  const grant = await login.grantOf();
  expect(grant.by).toEqual({ kind: "system_user", name: "Firstline (local) (integration system user)" });
  expect(grant.pages.map((p) => p.externalId)).toEqual(expect.arrayContaining([BLUE, TEA, BLUE_INSTAGRAM]));

  const [page] = await connectThroughDialog([["messenger", BLUE]]);
  expect(page!.authorizers).toMatchObject([
    { kind: "system_user", state: "live", expiresAt: null, name: grant.by.name },
  ]);
  await w.meta.post(`/users/${KEVIN}/password`);
  const conversation = await w.customerWrites(BLUE, ANN, "still there?");
  await w.becomes((await w.reply(conversation.id, { text: "yes" })).json, "sent", "delivered", "read");

  // Its own token, pasted, is as good: for the Page behind an Instagram account too.
  const { users } = await w.meta.get<{ users: { name: string; accessToken: string | null }[] }>("/state");
  const token = users.find((u) => u.name === grant.by.name)!.accessToken!;
  const byToken = await w.connect("instagram", BLUE_INSTAGRAM, token);
  expect([byToken.status, byToken.json.state, byToken.json.authorizers[0]!.kind]).toEqual([
    201,
    "healthy",
    "system_user",
  ]);
});
