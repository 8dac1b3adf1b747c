import { expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { pageBody, post, reacted, wrote } from "../api/support/webhooks.ts";
import { ANN, BLUE, KEVIN, startWorld, surveyed } from "../api/support/world.ts";

type Exported = Record<string, Record<string, unknown>[]>;

test("an export holds everything about the person, in full pages, and of shared deliveries their own events only", async () => {
  await using w = await startWorld();
  const token = await w.meta.pageToken(KEVIN, BLUE);
  const channelId = (await w.connect("messenger", BLUE, token)).json.id;
  await surveyed(w, channelId);
  const c = await w.customerWrites(BLUE, ANN, "first words");
  const ann = { account: BLUE, customer: ANN };
  const other = { account: BLUE, customer: "7499999999999999" };
  // Before what is said later: the answer stays on the newest page.
  const at = Date.now() - 3_600_000;
  const many = Array.from({ length: 450 }, (_, n) => wrote(ann, at + n, `m_many${n}`, `line ${n}`));
  await post(w, pageBody(BLUE, ...many, wrote(other, at, "m_other", "words of the other")));
  await post(w, pageBody(BLUE, reacted(ann, at + 900, "m_many0", "❤️")));
  await w.call("POST", `/conversations/${c.id}/notes`, { headers: w.apiKey, body: { text: "a note about Ann" } });
  await w.becomes((await w.reply(c.id, { text: "an answer" })).json, "delivered", "read");
  const file = await w.deps.db
    .insertInto("attachment")
    .values({ workspace_id: w.workspaceId, conversation_id: c.id, kind: "file", state: "stored", blob_key: "k" })
    .returning("id")
    .executeTakeFirstOrThrow();
  await w.deps.blobs.put("k", Buffer.from("bytes of the file"), "text/plain");
  await until("all is worked off", async () => {
    const waiting = await w.deps.db.selectFrom("delivery").select("id").where("state", "=", "pending").execute();
    return waiting.length === 0;
  });

  const path = `/contacts/${c.contact.id}/export`;
  const answer = await w.inject({ method: "GET", url: `/api/v1${path}`, headers: w.apiKey });
  expect([answer.statusCode, answer.headers["content-disposition"]]).toEqual([
    200,
    `attachment; filename="contact-${c.contact.id}.json"`,
  ]);
  const exported = JSON.parse(answer.body) as Exported;
  expect(exported.contact).toMatchObject([{ externalId: ANN }]);
  const texts = exported.messages!.map((m) => m.text);
  expect(texts).toEqual(expect.arrayContaining(["first words", "line 0", "line 449", "an answer"]));
  expect(texts.length).toBe(new Set(exported.messages!.map((m) => m.id)).size);
  expect(exported.effects).toMatchObject([{ kind: "reaction", value: "❤️" }]);
  expect(exported.notes!.map((n) => n.text)).toContain("a note about Ann");
  expect(exported.files).toMatchObject([{ id: file.id, content: `/api/v1/attachments/${file.id}/content` }]);
  const content = await w.call("GET", String(exported.files![0]!.content), { headers: w.apiKey });
  expect([content.status, content.text]).toEqual([200, "bytes of the file"]);
  expect(exported.sendAttempts!.length).toBe(1);
  const events = exported.deliveries!.flatMap((d) => d.events as unknown[]);
  expect(events.length).toBeGreaterThan(451);
  for (const gone of ["words of the other", "7499999999999999", token, w.workspaceId])
    expect(answer.body.includes(gone), gone).toBe(false);

  const agent = await w.asMember("supervisor");
  expect((await w.call("GET", path, { headers: agent.headers })).status).toBe(403);
});
