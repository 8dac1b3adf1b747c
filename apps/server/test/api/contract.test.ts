import { existsSync } from "node:fs";
import { join } from "node:path";
import { FAULTS } from "@firstline/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestApp, cutDatabase, makeChannel, makeConversation, type TestApp } from "../harness/index.ts";
import { type Contract, readContract } from "./support/contract.ts";

const NOBODY = "01890000-0000-7000-8000-000000000000";
let t: TestApp;
let contract: Contract;
beforeAll(async () => {
  t = await createTestApp();
  contract = await readContract(t);
});
afterAll(() => t.close());

test("every refusal is a problem document with all its members and a page that explains it, in both languages", async () => {
  const conversation = await makeConversation(t.deps, await makeChannel(t.deps, { workspace_id: t.workspaceId }), {
    qualifying_at: null,
  });
  const key = t.apiKey;
  const json = { ...key, "content-type": "application/json" };
  const wrong = [
    { method: "GET", url: "/api/v1/nothing-here", headers: key },
    { method: "GET", url: "/api/v1/conversations/not-an-id", headers: key },
    { method: "GET", url: `/api/v1/conversations/${NOBODY}`, headers: key },
    { method: "GET", url: "/api/v1/conversations?limit=7000", headers: key },
    { method: "GET", url: "/api/v1/conversations?cursor=%00", headers: key },
    { method: "GET", url: "/api/v1/conversations?q=%00", headers: key },
    { method: "PUT", url: "/api/v1/conversations", headers: key },
    { method: "POST", url: `/api/v1/conversations/${conversation.id}/messages`, headers: json, payload: "{ not json" },
    { method: "POST", url: `/api/v1/conversations/${conversation.id}/messages`, headers: json, payload: "[]" },
    {
      method: "POST",
      url: `/api/v1/conversations/${conversation.id}/messages`,
      headers: json,
      payload: JSON.stringify({ clientId: "a\u0000", text: "x" }),
    },
    {
      method: "POST",
      url: `/api/v1/conversations/${conversation.id}/messages`,
      headers: json,
      payload: JSON.stringify({ clientId: "a", text: "x" }),
    },
    {
      method: "POST",
      url: `/api/v1/conversations/${conversation.id}/messages`,
      headers: json,
      payload: JSON.stringify({ clientId: "a", text: "x".repeat(1_100_000) }),
    },
    {
      method: "POST",
      url: `/api/v1/conversations/${conversation.id}/messages`,
      headers: { ...key, "content-type": "application/xml" },
      payload: "<a/>",
    },
    { method: "POST", url: "/api/v1/attachments", headers: json, payload: "{}" },
    {
      method: "POST",
      url: "/api/v1/channels",
      headers: json,
      payload: JSON.stringify({ platform: "fax", externalId: "x", accessToken: "" }),
    },
    {
      method: "POST",
      url: "/api/v1/channels",
      headers: json,
      payload: JSON.stringify({ platform: "messenger", externalId: "123", accessToken: "EAA0123456789" }),
    },
    { method: "GET", url: "/webhooks/meta?hub.mode=subscribe" },
    { method: "POST", url: "/webhooks/meta", payload: "{}" },
  ] as const;
  for (const request of wrong)
    for (const language of ["en", "zh-TW"]) {
      const answer = await t.inject({
        ...request,
        headers: { ...("headers" in request ? request.headers : {}), "accept-language": language },
      });
      expect([request.url, answer.statusCode >= 400 && answer.statusCode !== 500]).toEqual([request.url, true]);
      contract.check(request.method, request.url, {
        status: answer.statusCode,
        headers: answer.headers,
        json: answer.json(),
        text: answer.body,
      });
    }
});

test("while the database is away the API says so and asks to come back, and does not sign anybody out", async () => {
  const person = await t.asMember("agent");
  const restore = await cutDatabase(t.deps);
  for (const path of ["/conversations", "/channels", `/conversations/${NOBODY}`]) {
    const answer = await t.call("GET", path, { headers: person.headers });
    expect(answer.status).toBe(503);
    contract.check("GET", `/api/v1${path}`, answer);
  }
  restore();
  expect((await t.call("GET", "/conversations", { headers: person.headers })).status).toBe(200);
});

test("every code that can be named has its page", () => {
  const pages = join(import.meta.dirname, "../../../../docs/errors");
  expect(Object.keys(FAULTS).filter((code) => !existsSync(join(pages, `${code}.md`)))).toEqual([]);
});

test("the description names what every route answers, and is OpenAPI 3.1", async () => {
  const spec = (await t.inject({ method: "GET", url: "/api/v1/openapi.json" })).json();
  expect(spec.openapi).toBe("3.1.0");
  const bare = contract.operations.filter((o) => o.path.startsWith("/api/v1/") && !Object.keys(o.responses).length);
  expect(bare).toEqual([]);
});
