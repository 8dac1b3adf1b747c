import { createHmac, randomBytes } from "node:crypto";
import { signSha1 } from "@firstline/meta-wire";
import { wireBytes } from "@firstline/meta-wire/fixtures";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { deliveryCounts, pageBody, post, wrote } from "../api/support/webhooks.ts";
import { BLUE, KEVIN, startWorld } from "../api/support/world.ts";
import { createTestApp, cutDatabase, META_APP, type TestApp } from "../harness/index.ts";

let t: TestApp;
beforeAll(async () => {
  t = await createTestApp();
});
afterAll(() => t.close());
beforeEach(() => t.deps.db.deleteFrom("delivery").execute());

const thread = { account: "110000000000001", customer: "7400000000000001" };
const body = pageBody(thread.account, wrote(thread, 1_763_769_599_871, "m_1", "hello"));
const stored = async () => (await t.deps.db.selectFrom("delivery").select("body").execute()).map((r) => r.body);

const verify = (query: Record<string, string>) => t.inject({ method: "GET", url: "/webhooks/meta", query });

test("Meta's verification is answered with its challenge for the right token only, and as plain text", async () => {
  const token = t.deps.config.meta.verifyToken;
  const right = await verify({ "hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": token });
  expect([right.statusCode, right.body, right.headers["content-type"]]).toEqual([
    200,
    "1158201444",
    "text/plain; charset=utf-8",
  ]);
  const wrong: Record<string, string>[] = [
    { "hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": `${token}x` },
    { "hub.mode": "subscribe", "hub.challenge": "1", "hub.verify_token": token.slice(0, -1) },
    { "hub.mode": "unsubscribe", "hub.challenge": "1", "hub.verify_token": token },
    { "hub.mode": "subscribe", "hub.challenge": "1" },
    {},
  ];
  for (const query of wrong) {
    const answer = await verify(query);
    expect([answer.statusCode, answer.json().code]).toEqual([403, "not_allowed"]);
  }
});

test("a signed body is stored as its exact bytes before the 200", async () => {
  const bytes = Buffer.from(`{"object":"page" ,\n"entry":[ ],"x":"\\u00e9\\/"}`);
  const answer = await post(t, bytes);
  expect(answer.statusCode).toBe(200);
  expect(await stored()).toEqual([bytes]);
});

test("the escaped Unicode of Meta's real bodies is verified over the bytes sent, not over what they mean", async () => {
  const bytes = Buffer.from(
    wireBytes(pageBody(thread.account, wrote(thread, 1_763_769_599_871, "m_2", "你好 👋 / <b>"))),
  );
  expect(bytes.toString()).toContain("\\u4f60");
  expect((await post(t, bytes)).statusCode).toBe(200);
  const unescaped = Buffer.from(JSON.stringify(JSON.parse(bytes.toString())));
  const signature = `sha256=${createHmac("sha256", META_APP.secret).update(unescaped).digest("hex")}`;
  expect((await post(t, bytes, { headers: { "x-hub-signature-256": signature } })).statusCode).toBe(401);
  expect(await stored()).toEqual([bytes]);
});

test("a body whose signature is wrong, missing, cut, of another secret, of another body, or SHA-1 only is refused and not stored", async () => {
  const bytes = Buffer.from(JSON.stringify(body));
  const right = createHmac("sha256", META_APP.secret).update(bytes).digest("hex");
  const send = (headers: Record<string, string>, payload: Buffer = bytes) =>
    t.inject({
      method: "POST",
      url: "/webhooks/meta",
      headers: { "content-type": "application/json", ...headers },
      payload,
    });
  const answers = await Promise.all([
    send({}),
    send({ "x-hub-signature": signSha1(META_APP.secret, bytes) }),
    send({ "x-hub-signature-256": signSha1(META_APP.secret, bytes) }),
    send({ "x-hub-signature-256": right }),
    send({ "x-hub-signature-256": `sha256=${right.slice(0, -2)}` }),
    send({ "x-hub-signature-256": `sha256=${right.slice(0, -1)}${right.endsWith("0") ? "1" : "0"}` }),
    send({ "x-hub-signature-256": "sha256=" }),
    send({ "x-hub-signature-256": `sha256=${right}` }, Buffer.concat([bytes, Buffer.from(" ")])),
    send({ "x-hub-signature-256": `sha256=${right}` }, Buffer.alloc(0)),
    post(t, bytes, { secret: "another secret" }),
  ]);
  expect(answers.map((a) => [a.statusCode, a.json().code])).toEqual(
    answers.map(() => [401, "webhook_signature_invalid"]),
  );
  expect(await stored()).toEqual([]);
});

test("the content type decides nothing: Meta's bytes are taken whatever they are called, and read by nobody in the request", async () => {
  for (const type of [
    "application/json; charset=utf-8",
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/octet-stream",
    "multipart/form-data",
  ])
    expect((await post(t, body, { headers: { "content-type": type } })).statusCode).toBe(200);
  expect((await post(t, Buffer.from("not json at all"))).statusCode).toBe(200);
  expect((await post(t, randomBytes(100))).statusCode).toBe(200);
  expect(await stored()).toHaveLength(7);
});

test("a body larger than four million bytes is refused with 413 and not stored; one just below is stored", async () => {
  const large = Buffer.alloc(4_000_001, 0x20);
  const refused = await post(t, large);
  expect([refused.statusCode, refused.json().code]).toEqual([413, "body_too_large"]);
  expect((await post(t, large.subarray(0, 4_000_000))).statusCode).toBe(200);
  expect((await stored()).map((b) => b.length)).toEqual([4_000_000]);
});

test("many bodies at once are written together and each is stored once, cut at its own bytes", async () => {
  const bodies = Array.from({ length: 300 }, (_, n) => Buffer.from(`{"n":${n},"text":"${"é".repeat(n % 50)}"}`));
  const answers = await Promise.all(bodies.map((b) => post(t, b)));
  expect(answers.every((a) => a.statusCode === 200)).toBe(true);
  const sorted = (list: Buffer[]) => list.map(String).sort();
  expect(sorted(await stored())).toEqual(sorted(bodies));
});

test("while the database is away nothing is acknowledged: 503, and 200 again once it is back", async () => {
  const restore = await cutDatabase(t.deps);
  const away = await post(t, body);
  expect([away.statusCode, away.json().code]).toEqual([503, "storage_unavailable"]);
  restore();
  expect((await post(t, body)).statusCode).toBe(200);
  expect(await stored()).toHaveLength(1);
});

test("nothing Meta sends while the database is away is lost: it is repeated until it is stored, and stands in the thread once", async () => {
  await using w = await startWorld();
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await w.meta.faults({ retryClock: 20 });
  const conversation = await w.customerWrites(BLUE, "7400000000000001", "before");
  const restore = await cutDatabase(w.deps);
  const texts = Array.from({ length: 10 }, (_, n) => `during ${n}`);
  for (const text of texts) await w.meta.post(`/pages/${BLUE}/customers/7400000000000001/messages`, { text });
  await until("Meta was refused", async () =>
    (await w.meta.get<{ data: { attempts: { status: number }[] }[] }>("/webhooks?limit=20")).data.some((d) =>
      d.attempts.some((a) => a.status === 503),
    ),
  );
  restore();
  await w.customerWrites(BLUE, "7400000000000001", "after");
  const messages = await until("everything arrived", async () => {
    const all = await w.messages(conversation.id);
    return all.length >= texts.length + 2 && all;
  });
  expect(messages.reverse().map((m) => m.text)).toEqual(["before", ...texts, "after"]);
});

let other: TestApp | undefined;
afterEach(async () => {
  await other?.close();
  other = undefined;
});
test("without an app secret every delivery is refused: nobody's word is taken for Meta's", async () => {
  other = await createTestApp({ config: { meta: { ...t.deps.config.meta, appId: null, appSecret: null } } });
  expect((await post(other, body)).statusCode).toBe(401);
  expect(await deliveryCounts(other)).toEqual({});
});
