import { randomBytes } from "node:crypto";
import { appSecretProof } from "@firstline/meta-wire";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { vapidKeys } from "../../src/modules/alerts/vapid.ts";
import { makeDevice, startMailbox } from "../alerts/support.ts";
import { BOOTSTRAP_KEY, captureLog, type Person } from "../harness/index.ts";
import { until } from "./support/until.ts";
import { ANN, BLUE, BLUE_INSTAGRAM, KEVIN, MEI, ROSA, startWorld, surveyed, TEA, type World } from "./support/world.ts";

interface SimState {
  users: { accessToken: string | null }[];
  pages: { tokens: { accessToken: string }[] }[];
}

const MAIL_PASSWORD = "a mail password 5d1e";

test("no token, no app secret, no key and no password appears in a log line, an answer, an export or a table after connecting, sending, telling and failing", async () => {
  const log = captureLog();
  await using mailbox = await startMailbox();
  const smtp = new URL(mailbox.url);
  smtp.password = encodeURIComponent(MAIL_PASSWORD);
  await using w = await startWorld({
    log: log.log,
    env: { SMTP_URL: smtp.href, MAIL_FROM: "desk@example.test" },
  });
  const secrets = new Set<string>([
    w.sim.app.secret,
    BOOTSTRAP_KEY,
    w.deps.config.meta.verifyToken,
    w.deps.config.encryptionKey.toString("latin1"),
    w.deps.vault.derive("tokens").toString("latin1"),
    w.deps.vault.derive("sessions").toString("latin1"),
    MAIL_PASSWORD,
    smtp.password,
    (await vapidKeys(w.deps)).privateKey().reveal(),
  ]);
  const answers: string[] = [];
  const collect = async () => {
    const { users, pages } = await w.meta.get<SimState>("/state");
    for (const token of [
      ...users.map((u) => u.accessToken),
      ...pages.flatMap((p) => p.tokens.map((x) => x.accessToken)),
    ])
      if (token) for (const one of [token, appSecretProof(w.sim.app.secret, token)]) secrets.add(one);
  };
  const call: World["call"] = async (...request) => {
    const answer = await w.call(...request);
    answers.push(answer.text, JSON.stringify(answer.headers));
    return answer as never;
  };
  await collect();

  // Connecting, well and badly.
  const admin = await w.asOwner();
  const channel = await call<{ id: string }>("POST", "/channels", {
    headers: admin.headers,
    body: { platform: "messenger", externalId: BLUE, accessToken: await w.meta.pageToken(KEVIN, BLUE) },
  });
  const instagram = await call<{ id: string }>("POST", "/channels", {
    headers: admin.headers,
    body: { platform: "instagram", externalId: BLUE_INSTAGRAM, accessToken: await w.meta.pageToken(MEI, BLUE) },
  });
  // So that their own calls take none of the faults below.
  for (const { json } of [channel, instagram]) await surveyed(w, json.id);
  await call("POST", "/channels", {
    headers: admin.headers,
    body: { platform: "messenger", externalId: TEA, accessToken: await w.meta.pageToken(KEVIN, BLUE) },
  });
  await w.meta.faults({ nextGraph: [{ path: "debug_token", cut: "before" }] });
  await call("POST", "/channels", {
    headers: admin.headers,
    body: { platform: "messenger", externalId: TEA, accessToken: await w.meta.pageToken(KEVIN, TEA) },
  });
  await w.meta.faults({
    nextGraph: [
      {
        path: "subscribed_apps",
        code: 190,
        subcode: 460,
        message: `Error validating access token: ${await w.meta.pageToken(KEVIN, TEA)}`,
      },
    ],
  });
  await call("POST", "/channels", {
    headers: admin.headers,
    body: { platform: "messenger", externalId: TEA, accessToken: await w.meta.pageToken(KEVIN, TEA) },
  });
  await collect();
  // Through the dialog.
  const { url } = (
    await call<{ url: string }>("POST", "/channels/authorizations", { headers: admin.headers, body: {} })
  ).json;
  const form = new URLSearchParams(new URL(url).searchParams);
  for (const [name, value] of [
    ["user", KEVIN],
    ["pages", TEA],
    ["decision", "allow"],
  ] as const)
    form.append(name, value);
  const back = new URL(
    (await fetch(url.split("?")[0]!, { method: "POST", body: form, redirect: "manual" })).headers.get("location")!,
  );
  const returned = await w.inject({ method: "GET", url: `${back.pathname}${back.search}`, headers: admin.headers });
  const grant = new URL(String(returned.headers.location), "http://x").searchParams.get("grant");
  await call("GET", `/channels/grants/${grant}`, { headers: admin.headers });
  await call("POST", `/channels/grants/${grant}`, {
    headers: admin.headers,
    body: { pages: [{ platform: "messenger", externalId: TEA }] },
  });
  await collect();

  // Sending: well, refused, cut, with a dead token.
  const c = await w.customerWrites(BLUE, ANN, "hello");
  const reply = async (text: string) =>
    (
      await call<{ id: string; conversationId: string }>("POST", `/conversations/${c.id}/messages`, {
        headers: admin.headers,
        body: { clientId: text, text },
      })
    ).json;
  await w.becomes((await reply("well")) as never, "sent", "delivered");
  await w.meta.faults({
    nextSend: [{ code: 100, message: `(#100) bad token ${[...secrets].find((s) => s.startsWith("EAA"))}` }],
  });
  await w.becomes((await reply("refused")) as never, "failed");
  await w.meta.faults({ nextSend: [{ cut: "before" }] });
  await w.becomes((await reply("cut")) as never, "uncertain");
  for (const user of [KEVIN, MEI]) await w.meta.post(`/users/${user}/password`);
  await w.becomes((await reply("dead")) as never, "held");
  await tellAndFail(w, admin, channel.json.id, call, secrets);
  for (const path of [
    "/channels",
    "/me/alerts",
    "/workspace/webhook",
    `/channels/${channel.json.id}/reauthorization-links`,
    `/channels/${channel.json.id}`,
    `/channels/${channel.json.id}/health`,
    "/deliveries",
    `/conversations/${c.id}/messages`,
    `/contacts/${c.contact.id}/export`,
    "/privacy/erasures",
    "/me",
    "/api-keys",
  ])
    await call("GET", path, { headers: admin.headers });
  await call("GET", "/metrics");
  await collect();
  // Found by whoever met it first: a call, or a check that follows another channel's.
  await until("the log holds what happened", () => /"a token (died|was found dead)"/.test(log.text()));

  const exported = answers.find((a) => a.startsWith('{"format":"firstline-contact/1"'));
  expect(exported).toContain("bad token");
  await call("DELETE", `/contacts/${(await w.customerWrites(BLUE_INSTAGRAM, ROSA, "and me")).contact.id}`, {
    headers: admin.headers,
  });

  const tables = await everyRow(w);
  expect(tables).toContain(ANN);
  expect(secrets.size).toBeGreaterThan(10);
  const forms = [...secrets].flatMap((s) => [
    s,
    Buffer.from(s, "latin1").toString("hex"),
    Buffer.from(s, "latin1").toString("base64").replace(/=+$/, ""),
    encodeURIComponent(s),
  ]);
  const found = (where: string, text: string) =>
    forms.filter((f) => text.includes(f)).map((f) => `${where}: ${f.slice(0, 12)}…`);
  expect([...found("log", log.text()), ...found("answer", answers.join("\n")), ...found("table", tables)]).toEqual([]);
  // What people wrote is nobody's business in a log either.
  for (const text of ["hello", "refused", "Ann Lee"]) expect(log.text()).not.toContain(`"${text}"`);
});

/** Alerts on every way, none of which gets through, and a link for another administrator of the Page. What is shown once is not collected. */
async function tellAndFail(w: World, admin: Person, channelId: string, call: World["call"], secrets: Set<string>) {
  const as = { headers: admin.headers };
  const device = makeDevice(`https://push.example.test/a-capability-${randomBytes(12).toString("hex")}`).subscription;
  secrets.add(device.endpoint).add(device.keys.auth);
  await call("POST", "/me/push-subscriptions", { ...as, body: device });
  const webhook = await w.call<{ secret: string }>("PUT", "/workspace/webhook", {
    ...as,
    body: { url: "http://127.0.0.1:9/hook" },
  });
  secrets.add(webhook.json.secret);
  for (const path of ["/me/alerts/test", "/workspace/webhook/test"]) {
    const { status, text } = await call("POST", path, as);
    expect(status, text).toBe(200);
    expect(text).not.toContain('"sent"');
  }
  const link = await w.call<{ url: string }>("POST", `/channels/${channelId}/reauthorization-links`, {
    ...as,
    body: { expiresInHours: 1 },
  });
  const token = link.json.url.split("/").at(-1)!;
  const started = await w.call<{ url: string }>("POST", `/reauthorizations/by-token/${token}/start`);
  const state = new URL(started.json.url).searchParams.get("state")!;
  secrets.add(token).add(state);
  await call("GET", `/reauthorizations/by-token/${token}`);
  const back = `/api/v1/channels/authorizations/callback?state=${encodeURIComponent(state)}&code=none`;
  await w.inject({ method: "GET", url: back });
  await call("GET", `/reauthorizations/results/${encodeURIComponent(state)}`);
}

/** All tables of all our schemas, as text. */
async function everyRow(w: World): Promise<string> {
  const { rows } = await sql<{
    name: string;
  }>`select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'auth', 'pgboss')`.execute(
    w.deps.db,
  );
  const texts: string[] = [];
  for (const { name } of rows)
    texts.push(
      ...(await sql<{ text: string }>`select x::text as text from ${sql.raw(name)} x`.execute(w.deps.db)).rows.map(
        (r) => r.text,
      ),
    );
  return texts.join("\n");
}
