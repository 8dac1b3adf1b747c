import type { SendOutcome } from "@firstline/core";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conversationsById } from "../../src/modules/conversations/index.ts";
import { createProcessor } from "../../src/modules/ingestion/process.ts";
import { createReceive } from "../../src/modules/messages/receive/index.ts";
import { settle } from "../../src/modules/messages/settle.ts";
import {
  delivered,
  echoed,
  instagramBody,
  pageBody,
  reacted,
  read,
  seen,
  type Thread,
} from "../api/support/webhooks.ts";
import {
  createTestApp,
  META_APP,
  makeChannel,
  makeContact,
  makeConversation,
  makeMessage,
  type TestApp,
} from "../harness/index.ts";

type Channel = Awaited<ReturnType<typeof makeChannel>>;
const AT = Date.parse("2026-03-02T09:00:00.000Z");
let t: TestApp;
let channels: Record<"messenger" | "instagram", Channel>;

beforeAll(async () => {
  t = await createTestApp();
  await t.deps.jobs.start({ work: false });
  channels = {
    messenger: await makeChannel(t.deps, { workspace_id: t.workspaceId }),
    instagram: await makeChannel(t.deps, { workspace_id: t.workspaceId, platform: "instagram" }),
  };
});
afterAll(async () => {
  await t.deps.jobs.stop();
  await t.close();
});

/** A reply on its way, in a thread of its own. */
async function sending(channel: Channel, state = "sending") {
  const contact = await makeContact(t.deps, channel);
  const conversation = await makeConversation(t.deps, channel, { contact_id: contact.id });
  const message = await makeMessage(t.deps, conversation, {
    direction: "outbound",
    client_id: "c",
    external_id: null,
    state,
    text: "our reply",
    source_name: "Ada",
    sent_at: new Date(AT),
  });
  return {
    channel,
    conversation,
    message,
    mid: `m_${message.id}`,
    thread: { account: channel.external_id, customer: contact.external_id } as Thread,
  };
}
type Sending = Awaited<ReturnType<typeof sending>>;

const answer = ({ conversation, message }: Sending, outcome: SendOutcome) =>
  t.deps.db.transaction().execute(async (tx) => {
    const [row] = await conversationsById(tx, t.workspaceId, [conversation.id]);
    await settle(
      tx,
      t.deps,
      { workspace_id: t.workspaceId, id: message.id, conversation_id: conversation.id },
      row!,
      outcome,
      null,
    );
  });
/** Works off one webhook for each of many threads, in one batch. */
async function receiveAll(all: { s: Sending; element: Record<string, unknown> }[]): Promise<void> {
  for (const { s, element } of all) {
    const { channel, thread } = s;
    const body =
      channel.platform === "messenger" ? pageBody(thread.account, element) : instagramBody(thread.account, element);
    await t.deps.db
      .insertInto("delivery")
      .values({ body: Buffer.from(JSON.stringify(body)) })
      .execute();
  }
  expect(await createProcessor(t.deps, createReceive(t.deps)).run(1_000)).toBe(all.length);
}
const receive = (s: Sending, element: Record<string, unknown>) => receiveAll([{ s, element }]);
const bubbles = async ({ conversation }: Sending) =>
  (await t.deps.db.selectFrom("message").selectAll().where("conversation_id", "=", conversation.id).execute()).map(
    (m) => ({
      ours: m.client_id,
      text: m.text,
      state: m.state,
      mid: m.external_id?.replace(/^m_.*/, "mid"),
      at: m.sent_at.getTime() - AT,
      reactions: m.reactions,
      failure: m.failure,
      name: m.source_name,
    }),
  );
const thread = ({ conversation }: Sending) =>
  t.deps.db.selectFrom("conversation").selectAll().where("id", "=", conversation.id).executeTakeFirstOrThrow();

function permutations<T>(list: T[]): T[][] {
  return list.length < 2
    ? [list]
    : list.flatMap((one, n) => permutations(list.toSpliced(n, 1)).map((rest) => [one, ...rest]));
}

/** What Meta tells of a reply; `answer` is the answer of the Send API itself. */
const TOLD: Record<"messenger" | "instagram", Record<string, (s: Sending) => Record<string, unknown>>> = {
  messenger: {
    echo: (s) => echoed(s.thread, AT + 500, s.mid, "our reply", { app_id: META_APP.id, metadata: s.message.id }),
    delivery: (s) => delivered(s.thread, AT + 600, AT + 600),
    read: (s) => read(s.thread, AT + 700, AT + 700),
    reaction: (s) => reacted(s.thread, AT + 800, s.mid, "👍"),
  },
  instagram: {
    echo: (s) => echoed(s.thread, AT + 500, s.mid, "our reply"),
    seen: (s) => seen(s.thread, AT + 700, s.mid),
    reaction: (s) => reacted(s.thread, AT + 800, s.mid, "👍"),
  },
};

for (const platform of ["messenger", "instagram"] as const) {
  const told = TOLD[platform];
  const steps = ["answer", ...Object.keys(told)];
  test(`${steps.join(", ")} in every possible order, and all told again, leave one bubble of ours that is read (${platform})`, async () => {
    const runs = await Promise.all(
      permutations(steps).map(async (order) => ({ order, s: await sending(channels[platform]) })),
    );
    for (let n = 0; n < steps.length; n++) {
      for (const { order, s } of runs) if (order[n] === "answer") await answer(s, { kind: "sent", externalId: s.mid });
      await receiveAll(
        runs.flatMap(({ order, s }) => (order[n] === "answer" ? [] : [{ s, element: told[order[n]!]!(s) }])),
      );
    }
    const check = async () => {
      for (const { order, s } of runs) {
        const row = await thread(s);
        expect({
          order,
          bubbles: await bubbles(s),
          last: row.last_message_id,
          at: row.last_message_at.getTime() - AT,
          trouble: row.trouble_count,
        }).toEqual({
          order,
          bubbles: [
            {
              ours: "c",
              text: "our reply",
              state: "read",
              mid: "mid",
              at: 500,
              reactions: [{ by: "customer", emoji: "👍" }],
              failure: null,
              name: "Ada",
            },
          ],
          last: s.message.id,
          at: 500,
          trouble: 0,
        });
      }
    };
    await check();
    for (const step of Object.values(told)) await receiveAll(runs.map(({ s }) => ({ s, element: step(s) })));
    await check();
  });
}

test("a reaction that comes before the answer shows on our bubble even if no echo ever comes; a receipt waits for Meta's time of the message", async () => {
  const s = await sending(channels.messenger);
  await receive(s, TOLD.messenger.reaction!(s));
  await receive(s, TOLD.messenger.read!(s));
  await answer(s, { kind: "sent", externalId: s.mid });
  expect(await bubbles(s)).toMatchObject([{ state: "sent", reactions: [{ by: "customer", emoji: "👍" }] }]);
  await receive(s, TOLD.messenger.echo!(s));
  expect(await bubbles(s)).toMatchObject([{ state: "read" }]);
});

test("S10 proof that the customer has it beats every belief that it failed, whichever comes first", async () => {
  const beliefs: SendOutcome[] = [
    { kind: "uncertain", fault: "outcome_unknown" },
    { kind: "failed", fault: "unknown_meta_error" },
    { kind: "retry", fault: "meta_internal_error", delayMs: 5_000 },
    { kind: "held", fault: "token_password_changed" },
  ];
  const echo = (s: Sending) => receive(s, TOLD.messenger.echo!(s));
  for (const belief of beliefs) {
    const before = await sending(channels.messenger);
    await echo(before);
    await answer(before, belief);
    const after = await sending(channels.messenger);
    await answer(after, belief);
    await echo(after);
    for (const s of [before, after]) {
      expect({ belief, bubbles: await bubbles(s) }).toMatchObject({
        belief,
        bubbles: [{ state: "sent", failure: null }],
      });
      expect((await thread(s)).trouble_count).toBe(0);
    }
  }
});

test("an echo with the id of another message, another channel or no message of ours is somebody else's bubble", async () => {
  const s = await sending(channels.messenger);
  const elsewhere = await sending(await makeChannel(t.deps, { workspace_id: t.workspaceId }));
  await receive(
    s,
    echoed(s.thread, AT + 500, "m_other1", "not ours", { app_id: "777", metadata: elsewhere.message.id }),
  );
  await receive(
    s,
    echoed(s.thread, AT + 501, "m_other2", "not ours", {
      app_id: "777",
      metadata: "01890000-0000-7000-8000-000000000000",
    }),
  );
  expect((await bubbles(s)).map((b) => [b.ours, b.state])).toEqual(
    expect.arrayContaining([
      ["c", "sending"],
      [null, "sent"],
      [null, "sent"],
    ]),
  );
  expect((await bubbles(elsewhere)).map((b) => b.state)).toEqual(["sending"]);
});

test("S3 a reply refused for a token that was replaced while the answer was on its way is not held for ever: it waits in its lane", async () => {
  const s = await sending(channels.messenger);
  await answer(s, { kind: "held", fault: "token_password_changed" });
  expect(await bubbles(s)).toMatchObject([{ state: "queued" }]);
  await sql`update channel set state = 'needs_reauthorization' where id = ${channels.messenger.id}`.execute(t.deps.db);
  const held = await sending(channels.messenger);
  await answer(held, { kind: "held", fault: "token_password_changed" });
  expect(await bubbles(held)).toMatchObject([{ state: "held", failure: { fault: "token_password_changed" } }]);
  await sql`update channel set state = 'healthy' where id = ${channels.messenger.id}`.execute(t.deps.db);
});

test("S10 two replies with the same words: what was taken for the first by its words goes to the second as soon as Meta proves it, and the first is unknown again", async () => {
  const proofs = {
    answer: (second: Sending, mid: string) => answer(second, { kind: "sent", externalId: mid }),
    echo: (second: Sending, mid: string) =>
      receive(
        second,
        echoed(second.thread, AT + 500, mid, "our reply", { app_id: META_APP.id, metadata: second.message.id }),
      ),
  };
  for (const [how, prove] of Object.entries(proofs)) {
    const first = await sending(channels.messenger, "uncertain");
    const message = await makeMessage(t.deps, first.conversation, {
      direction: "outbound",
      client_id: `second by ${how}`,
      external_id: null,
      state: "sending",
      text: "our reply",
      called_at: new Date(AT + 400),
      sent_at: new Date(AT + 400),
    });
    const second = { ...first, message, mid: `m_${message.id}` };
    // An echo without our id, as Instagram's are: its words alone tell whose it may be.
    await receive(second, echoed(first.thread, AT + 500, second.mid, "our reply"));
    const guessed = await t.deps.db.selectFrom("message").selectAll().where("id", "=", first.message.id).execute();
    expect(guessed).toMatchObject([{ state: "sent", external_id: second.mid }]);
    await prove(second, second.mid);
    const rows = await t.deps.db
      .selectFrom("message")
      .select(["id", "state", "external_id", "look_at"])
      .where("conversation_id", "=", first.conversation.id)
      .orderBy("client_id")
      .execute();
    expect({ how, rows }).toEqual({
      how,
      rows: [
        { id: first.message.id, state: "uncertain", external_id: null, look_at: new Date(t.clock.now()) },
        { id: message.id, state: "sent", external_id: second.mid, look_at: null },
      ],
    });
    expect((await thread(first)).trouble_count).toBe(1);
  }
});
