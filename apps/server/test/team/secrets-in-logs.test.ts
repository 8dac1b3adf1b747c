import { expect, test, vi } from "vitest";
import { captureLog, createTestApp } from "../harness/index.ts";
import { cookieOf, OWNER, signIn, teamOnly } from "./team-app.ts";

test("passwords, keys, session cookies and invitation tokens are in no log line, whether things go well or break", async () => {
  const captured = captureLog();
  const printed = (["log", "info", "warn", "error"] as const).map((way) => vi.spyOn(console, way));
  const t = await createTestApp({ build: teamOnly(), log: captured.log });
  try {
    const key = t.apiKey.authorization.slice(7);
    await t.call("POST", "/setup", { body: OWNER });
    await signIn(t, OWNER.email, "a wrong password!");
    await signIn(t, "nobody@example.test", "a wrong password!");
    const headers = cookieOf((await signIn(t, OWNER.email, OWNER.password)).headers);
    const body = { email: "ana@example.test", role: "agent" };
    const invited = await t.call<{ url: string }>("POST", "/invitations", { headers, body });
    const token = invited.json.url.split("/invite/")[1]!;
    await t.call("POST", `/invitations/by-token/${token}/accept`, {
      body: { name: "Ana", password: "ana's own password" },
    });
    const made = await t.call<{ key: string }>("POST", "/api-keys", { headers, body: { name: "Shop", role: "agent" } });
    await t.call("GET", "/me", { headers: { authorization: `Bearer ${made.json.key}` } });
    await t.call("GET", "/me", { headers: { authorization: "Bearer fl_a_key_nobody_made" } });

    // Then the tables are gone, and every way fails half-way.
    await t.deps.database.pool.query(
      "drop table auth.session cascade; drop table auth.apikey cascade; drop table member cascade",
    );
    await signIn(t, OWNER.email, OWNER.password);
    await t.call("GET", "/members", { headers: { cookie: `${headers.cookie}x` } });
    await t.call("GET", "/me", { headers: { authorization: "Bearer fl_another_key_nobody_made" } });
    await t.call("POST", "/setup", { body: OWNER });

    const text = captured.text();
    for (const way of printed) expect(way.mock.calls).toEqual([]);
    expect(text).toContain("Invalid password");
    expect(text).toContain("request failed");
    const session = decodeURIComponent(headers.cookie.split("=")[1]!);
    const secrets = [key, OWNER.password, "a wrong password!", "ana's own password", token, made.json.key, session];
    for (const secret of [...secrets, session.split(".")[0]!, "key_nobody_made", OWNER.email.toLowerCase()]) {
      expect(text).not.toContain(secret);
    }
  } finally {
    await t.close();
  }
});
