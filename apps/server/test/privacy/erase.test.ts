import type { Contact, Erasure } from "@firstline/contracts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { eraseContact } from "../../src/modules/privacy/erase-contact.ts";
import { finishErasure, forgetMarks } from "../../src/modules/privacy/erase-steps.ts";
import { until } from "../api/support/until.ts";
import { edited, pageBody, post, read, wrote } from "../api/support/webhooks.ts";
import { ANN, BLUE, KEVIN, startWorld, surveyed, type World } from "../api/support/world.ts";
import { makeContact, makeConversation, makeMessage } from "../harness/index.ts";
import { everythingKept, found } from "./support.ts";

const OTHER = "7499999999999999";
const ann = { account: BLUE, customer: ANN };
const other = { account: BLUE, customer: OTHER };

let w: World;
let channelId: string;
beforeEach(async () => {
  w = await startWorld();
  channelId = (await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE))).json.id;
  await surveyed(w, channelId);
});
afterEach(() => w.close());

const workedOff = () =>
  until("deliveries are worked off", async () => {
    const waiting = await w.deps.db.selectFrom("delivery").select("id").where("state", "=", "pending").execute();
    return waiting.length === 0;
  });
const contactsOf = (externalId: string) =>
  w.deps.db.selectFrom("contact").selectAll().where("external_id", "=", externalId).execute();
const erase = (contactId: string) => w.call<Erasure>("DELETE", `/contacts/${contactId}`, { headers: w.apiKey });
const record = async () =>
  (await w.call<{ data: Erasure[] }>("GET", "/privacy/erasures", { headers: w.apiKey })).json.data;
const ended = () =>
  until("the deletion is done", async () => {
    const all = await record();
    return all.every((e) => e.doneAt !== null) && all[0];
  });

/** Ann writes, alone and in one delivery with another customer, is answered, noted about, sends a file, comments. */
async function annLivesHere() {
  const conversation = await w.customerWrites(BLUE, ANN, "my secret order ORD-111");
  const contactId = conversation.contact.id;
  const at = Date.now();
  await post(
    w,
    pageBody(
      BLUE,
      wrote(ann, at, "m_ann_shared", "shared words of Ann"),
      wrote(other, at, "m_other", "words of the other"),
    ),
  );
  await post(w, pageBody(BLUE, wrote(other, at + 5, "m_other_alone", "alone and kept")));
  await post(w, pageBody(BLUE, read(ann, at + 6, at + 6)));
  await post(w, {
    object: "page",
    entry: [
      {
        id: BLUE,
        time: at,
        changes: [
          {
            field: "feed",
            value: {
              item: "comment",
              verb: "add",
              post_id: "P",
              parent_id: "P",
              comment_id: "c_ann",
              message: "remark by Ann",
              created_time: Math.floor(at / 1000),
              from: { id: ANN, name: "Ann Lee" },
            },
          },
        ],
      },
    ],
  });
  await workedOff();
  await w.call("POST", `/conversations/${conversation.id}/notes`, {
    headers: w.apiKey,
    body: { text: "note: difficult person" },
  });
  await w.becomes((await w.reply(conversation.id, { text: "answer to ORD-111" })).json, "delivered", "read");
  const file = await w.deps.db
    .insertInto("attachment")
    .values({
      workspace_id: w.workspaceId,
      conversation_id: conversation.id,
      kind: "file",
      name: "passport.txt",
      state: "stored",
      blob_key: `${w.workspaceId}/uploads/pass`,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await w.deps.blobs.put(`${w.workspaceId}/uploads/pass`, Buffer.from("bytes of the passport"), "text/plain");
  await w.deps.blobs.put(`${w.workspaceId}/contacts/${contactId}/older`, Buffer.from("an older picture"), "image/webp");
  await until("the name is read", async () => (await contactsOf(ANN))[0]!.meta_name !== null);
  return { conversationId: conversation.id, contactId, fileId: file.id, name: (await contactsOf(ANN))[0]!.meta_name! };
}

test("a deleted contact is in no table, no raw delivery and no file afterwards, and who shared a delivery with them is there whole", async () => {
  const lived = await annLivesHere();
  const words = [
    ANN,
    lived.name,
    lived.contactId,
    lived.fileId,
    "ORD-111",
    "shared words of Ann",
    "remark by Ann",
    "difficult person",
    "passport",
    "an older picture",
    "m_ann_shared",
    "c_ann",
  ];
  const before = found(await everythingKept(w), words);
  for (const word of words)
    expect(
      before.some((place) => place.endsWith(word)),
      word,
    ).toBe(true);

  const answer = await erase(lived.contactId);
  expect(answer.status).toBe(202);
  const done = await ended();
  expect(done).toMatchObject({ channelId, counts: { messages: 3, comments: 1, deliveriesRewritten: 1 } });
  expect(done!.counts.deliveriesRemoved).toBeGreaterThan(2);

  const kept = await everythingKept(w);
  expect(found(kept, words)).toEqual([]);
  // Clients are told to forget the conversation, so its own id stands in the outbox for a week, and nowhere else.
  expect(found(kept, [lived.conversationId])).toEqual([`public.event: ${lived.conversationId}`]);
  expect(found(kept, ["words of the other", "alone and kept", OTHER]).map((f) => f.split(":")[0])).toContain(
    "bodies of deliveries",
  );
  const { json: deliveries } = await w.call<{ data: { id: string }[] }>("GET", "/deliveries", {
    headers: w.apiKey,
    query: { contactExternalId: OTHER },
  });
  const details = await Promise.all(
    deliveries.data.map(
      async ({ id }) =>
        (
          await w.call<{ headers: { name: string }[]; read: unknown[] }>("GET", `/deliveries/${id}`, {
            headers: w.apiKey,
          })
        ).json,
    ),
  );
  const headers = details.map((d) => d.headers.map((h) => h.name));
  expect(headers.filter((h) => h.includes("x-firstline-redacted"))).toHaveLength(1);
  for (const names of headers)
    expect(names.includes("x-hub-signature-256")).toBe(!names.includes("x-firstline-redacted"));
  expect((await w.call("GET", `/conversations/${lived.conversationId}`, { headers: w.apiKey })).status).toBe(404);
});

test("a person who writes again after being deleted is a fresh contact, and neither a replay nor Meta's own record brings the former words back", async () => {
  const lived = await annLivesHere();
  await erase(lived.contactId);
  await ended();
  await w.call("POST", `/channels/${channelId}/reconciliations`, { headers: w.apiKey, body: {} });
  const day = {
    from: new Date(Date.now() - 86_400_000).toISOString(),
    to: new Date(Date.now() + 60_000).toISOString(),
  };
  await w.call("POST", "/deliveries/replays", { headers: w.apiKey, body: day });
  await until("Meta's record is compared", async () => {
    const runs = await w.deps.db.selectFrom("reconciliation").select(["state", "examined"]).execute();
    return runs.length > 0 && runs.every((r) => r.state === "done");
  });
  await workedOff();
  expect(await contactsOf(ANN)).toEqual([]);

  const again = await w.customerWrites(BLUE, ANN, "hello, it is me");
  expect(again.contact.id).not.toBe(lived.contactId);
  expect((await w.messages(again.id)).map((m) => m.text)).toEqual(["hello, it is me"]);
});

test("what was written before the deletion and is delivered after it makes no fresh contact and is kept nowhere; whoever shares the delivery has theirs", async () => {
  const { contact } = await w.customerWrites(BLUE, ANN, "hello");
  const before = Date.now();
  await erase(contact.id);
  await ended();
  await post(
    w,
    pageBody(
      BLUE,
      wrote(ann, before - 5000, "m_late_1", "late words of Ann"),
      wrote(other, before - 5000, "m_other_1", "late words of the other"),
    ),
  );
  await post(w, pageBody(BLUE, wrote(ann, before - 4000, "m_late_2", "late words alone")));
  await workedOff();
  expect(await contactsOf(ANN)).toEqual([]);
  expect(await contactsOf(OTHER)).toHaveLength(1);
  const kept = await everythingKept(w);
  expect(found(kept, [ANN, "late words of Ann", "late words alone", "m_late_1", "m_late_2"])).toEqual([]);
  expect(found(kept, ["late words of the other"])).toHaveLength(2);

  const again = await w.customerWrites(BLUE, ANN, "it is me");
  await post(w, pageBody(BLUE, wrote(ann, before - 3000, "m_late_3", "later still")));
  await workedOff();
  expect((await w.messages(again.id)).map((m) => m.text)).toEqual(["it is me"]);
  expect((await w.deps.metrics.eventsOfErased.get()).values[0]!.value).toBe(3);
});

test("what a person wrote while the channel was disconnected is found in the deliveries that belong to nobody, and deleted with them", async () => {
  const { contact } = await w.customerWrites(BLUE, ANN, "hello");
  await w.call("DELETE", `/channels/${channelId}`, { headers: w.apiKey });
  const at = Date.now();
  await post(w, pageBody(BLUE, wrote(ann, at, "m_nobody", "written to nobody")));
  await post(w, pageBody(BLUE, wrote(other, at, "m_other_nobody", "by the other, to nobody")));
  await workedOff();
  expect(found(await everythingKept(w), ["written to nobody"])).toHaveLength(1);
  await erase(contact.id);
  await ended();
  const kept = await everythingKept(w);
  expect(found(kept, [ANN, "written to nobody"])).toEqual([]);
  expect(found(kept, ["by the other, to nobody"])).toHaveLength(1);
});

test("a receipt of a person who was deleted is forgotten by the next day, and of nobody else", async () => {
  const { contact } = await w.customerWrites(BLUE, ANN, "hello");
  await erase(contact.id);
  await ended();
  const now = Date.now();
  await post(w, pageBody(BLUE, read(ann, now, now)));
  await post(w, pageBody(BLUE, read(other, now, now)));
  await workedOff();
  const marks = async () =>
    (await w.deps.db.selectFrom("thread_mark").select("contact_external_id").execute())
      .map((m) => m.contact_external_id)
      .sort();
  expect(await marks()).toEqual([ANN, OTHER].sort());
  await forgetMarks(w.deps);
  expect(await marks()).toEqual([OTHER]);
});

test("an edit that comes after its message was deleted with its author is forgotten after a day", async () => {
  const { contact } = await w.customerWrites(BLUE, ANN, "hello");
  await erase(contact.id);
  await ended();
  const now = Date.now();
  await post(w, pageBody(BLUE, edited(ann, now + 1000, "m_erased", "better words", 1)));
  await workedOff();
  const kept = async () =>
    found(await everythingKept(w), ["better words"]).filter((at) => at.includes("message_effect"));
  expect(await kept()).toHaveLength(1);
  await forgetMarks(w.deps, now);
  expect(await kept()).toHaveLength(1);
  await forgetMarks(w.deps, now + 25 * 3_600_000);
  expect(await kept()).toEqual([]);
});

test("a deletion that is killed between its steps is finished by the next try", async () => {
  const lived = await annLivesHere();
  const { id } = await w.deps.db.transaction().execute(async (tx) => {
    const jobs = { ...w.deps.jobs, add: async () => {} };
    const made = await eraseContact(
      tx,
      { jobs },
      { workspaceId: w.workspaceId, contactId: lived.contactId, memberId: null },
    );
    return { id: made! };
  });
  let removed = 0;
  const dying = {
    ...w.deps.blobs,
    remove: async (key: string) => {
      if (++removed > 1) throw new Error("killed");
      await w.deps.blobs.remove(key);
    },
  };
  await expect(finishErasure({ ...w.deps, blobs: dying }, w.workspaceId, id)).rejects.toThrow("killed");
  expect(found(await everythingKept(w), [ANN]).map((f) => f.split(":")[0])).toContain("public.erasure");
  // Delivered before, and worked off only now.
  const late = await makeContact(w.deps, { workspace_id: w.workspaceId, id: channelId }, { external_id: ANN });
  const place = { workspace_id: w.workspaceId, id: channelId };
  const thread = await makeConversation(w.deps, place, { contact_id: late.id });
  await makeMessage(w.deps, thread, { text: "ORD-111 once more", arrived_at: new Date(Date.now() - 60_000) });
  await finishErasure(w.deps, w.workspaceId, id);
  expect(found(await everythingKept(w), [ANN, lived.name, lived.contactId, "ORD-111", "passport"])).toEqual([]);
  const [before] = await record();
  await finishErasure(w.deps, w.workspaceId, id);
  expect(await record()).toEqual([before]);
});

test("who may not change what is kept about people may not delete a contact", async () => {
  const conversation = await w.customerWrites(BLUE, ANN, "hello");
  const supervisor = await w.asMember("supervisor");
  const answer = await w.call("DELETE", `/contacts/${conversation.contact.id}`, { headers: supervisor.headers });
  expect(answer.status).toBe(403);
  expect((await w.call<Contact>("GET", `/contacts/${conversation.contact.id}`, { headers: w.apiKey })).status).toBe(
    200,
  );
});
