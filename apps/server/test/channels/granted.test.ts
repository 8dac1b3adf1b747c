import type { Channel, GrantedPages } from "@firstline/contracts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BLUE, BLUE_INSTAGRAM, KEVIN, MEI, startWorld, TEA, type World } from "../api/support/world.ts";
import { makeWorkspace, type Person } from "../harness/index.ts";
import { loginOf } from "./support/dialog.ts";

let w: World;
let admin: Person;
let login: ReturnType<typeof loginOf>;
beforeAll(async () => {
  w = await startWorld();
  admin = await w.asMember("administrator", { name: "Olivia" });
  login = loginOf(w, admin);
});
afterAll(() => w.close());

const of = (grant: GrantedPages, externalId: string) => grant.pages.find((p) => p.externalId === externalId)!;
const codes = (reasons: { code: string }[]) => reasons.map((r) => r.code);
/** Kevin grants everything here, Mei leaves things out. */
const NEEDED = ["pages_messaging", "pages_manage_metadata", "instagram_basic", "instagram_manage_messages"];

test("S5 what each Page lacks is said before the choice: a task, its publication, another workspace that has it", async () => {
  const role = (tasks: string[]) => w.meta.post(`/users/${KEVIN}/role`, { pageId: TEA, tasks });
  await role(["ANALYZE", "CREATE_CONTENT"]);
  const stranger = await w.asMember("administrator", { workspaceId: (await makeWorkspace(w.deps)).id });
  const theirs = await w.call<Channel>("POST", "/channels", {
    headers: stranger.headers,
    body: { platform: "messenger", externalId: BLUE, accessToken: await w.meta.pageToken(KEVIN, BLUE) },
  });
  const grant = await login.grantOf();
  expect(codes(of(grant, TEA).missing)).toEqual(["page_task_missing"]);
  expect(codes(of(grant, BLUE).missing)).toEqual(["page_in_other_workspace"]);
  expect(of(grant, BLUE)).toMatchObject({ connected: false });
  expect(of(grant, BLUE_INSTAGRAM).missing).toEqual([]);
  const body = { pages: [{ platform: "messenger", externalId: BLUE }] };
  const { json } = await w.call<{ failures: { problem: { code: string } }[] }>(
    "POST",
    `/channels/grants/${grant.grantId}`,
    { headers: admin.headers, body },
  );
  expect(json.failures.map((f) => f.problem.code)).toEqual(["page_in_other_workspace"]);

  await w.call("DELETE", `/channels/${theirs.json.id}`, { headers: stranger.headers });

  await role(["MESSAGING", "MANAGE"]);
  await w.meta.post(`/pages/${TEA}/standing`, { state: "unpublished" });
  expect(codes(of(await login.grantOf(), TEA).missing)).toEqual(["page_not_accessible"]);
  await w.meta.post(`/pages/${TEA}/standing`, { state: "published" });
  expect(of(await login.grantOf(), TEA).missing).toEqual([]);
});

test("S5 a partial grant: a needed permission keeps what it is for from being connected and is named, a useful one is only said", async () => {
  const partly = await login.grantOf({
    ...login.allow,
    user: MEI,
    permissions: ["pages_show_list", "pages_messaging", "pages_manage_metadata", "instagram_basic"],
  });
  expect(partly.declined.toSorted()).toEqual([
    "instagram_manage_comments",
    "instagram_manage_messages",
    "pages_read_engagement",
    "pages_read_user_content",
    "pages_utility_messaging",
  ]);
  expect(of(partly, BLUE)).toMatchObject({
    missing: [],
    missingPermissions: [],
    without: ["pages_read_engagement", "pages_utility_messaging", "pages_read_user_content"],
  });
  expect(of(partly, BLUE_INSTAGRAM)).toMatchObject({
    missingPermissions: ["instagram_manage_messages"],
    without: ["instagram_manage_comments"],
  });
  expect(codes(of(partly, BLUE_INSTAGRAM).missing)).toEqual(["token_missing_permission"]);
  const body = { pages: [{ platform: "messenger", externalId: BLUE }] };
  const path = `/channels/grants/${partly.grantId}`;
  const { json } = await w.call<{ channels: Channel[] }>("POST", path, { headers: admin.headers, body });
  expect(json.channels.map((c) => c.state)).toEqual(["healthy"]);

  // Asked once more, Meta offers what was declined.
  const url = new URL(await login.begin(admin, { again: true }));
  expect(url.searchParams.get("auth_type")).toBe("rerequest");
});

test("I1 an Instagram account left out in the dialog is not offered, and its Page says so", async () => {
  const grant = await login.grantOf({ ...login.allow, pages: [BLUE, TEA], instagram_shown: "1" });
  expect(of(grant, BLUE_INSTAGRAM)).toBeUndefined();
  expect(codes(of(grant, BLUE).notes)).toEqual(["instagram_not_linked"]);
  expect(of(grant, BLUE).missing).toEqual([]);
});

test("S5 no Page at all: because none was ticked, or because the list itself was declined", async () => {
  const none = await login.grantOf({ user: MEI, decision: "allow" }, { again: true });
  expect([none.pages, none.nothing?.code]).toEqual([[], "no_pages_granted"]);
  const unlisted = await login.grantOf({ ...login.allow, user: MEI, permissions: NEEDED }, { again: true });
  expect([unlisted.pages, unlisted.nothing?.code]).toEqual([[], "token_missing_permission"]);
  expect(unlisted.declined).toContain("pages_show_list");
});

test("I1 an Instagram account whose owner keeps tools from its messages is marked in the choice, and connecting it says so", async () => {
  await w.meta.post(`/pages/${BLUE}/instagram-access`, { allowed: false });
  const grant = await login.grantOf();
  expect(codes(of(grant, BLUE_INSTAGRAM).notes)).toEqual(["instagram_access_off"]);
  const token = await w.meta.pageToken(KEVIN, BLUE);
  const refused = await w.connect("instagram", BLUE_INSTAGRAM, token);
  expect([refused.status, (refused.json as unknown as { code: string }).code]).toEqual([422, "instagram_access_off"]);
  await w.meta.post(`/pages/${BLUE}/instagram-access`, { allowed: true });
  expect((await w.connect("instagram", BLUE_INSTAGRAM, token)).status).toBe(201);
});

test("120 Pages: all of them and their Instagram accounts are offered, and the last account is found by token too", async () => {
  await w.meta.post(`/users/${KEVIN}/pages`, { count: 120, name: "Kiosk", tasklessEvery: 0, instagramEvery: 120 });
  const grant = await login.grantOf({ ...login.allow, pages: [], all_pages: "1" });
  const kiosks = grant.pages.filter((p) => p.name.startsWith("Kiosk") && p.platform === "messenger");
  expect([kiosks.length, kiosks.at(-1)!.name]).toEqual([120, "Kiosk 120"]);
  const last = grant.pages.find((p) => p.platform === "instagram" && p.pageName === "Kiosk 120")!;
  const { accessToken } = await w.meta.post<{ accessToken: string }>(`/users/${KEVIN}/token`);
  const { status, json } = await w.connect("instagram", last.externalId, accessToken);
  expect([status, json.name, json.authorizers[0]!.name]).toEqual([201, last.name, "Kevin Chou"]);
});
