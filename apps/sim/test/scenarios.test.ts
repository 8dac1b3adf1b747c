import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCENARIOS } from "../src/scenarios/catalogue.ts";
import { BLUE, INSTAGRAM, TEA, World } from "./support/world.ts";

const ROWS = [
  ...["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10", "S11", "S12"],
  ...["R1", "R2", "R3", "R4", "R5", "R6", "O1", "O2", "O3", "O4", "O5", "I1"],
];
const PAGE_FIELDS =
  "messages,message_echoes,message_deliveries,message_reads,message_reactions,message_edits,messaging_postbacks,messaging_referrals,messaging_optins,messaging_handovers,standby";
const INSTAGRAM_FIELDS =
  "messages,message_reactions,message_edit,messaging_postbacks,messaging_referral,messaging_seen,messaging_handover,standby,comments,mentions";

let world: World;
beforeAll(async () => {
  world = await new World().start();
});
afterAll(async () => {
  await world.stop();
});

async function subscribe(): Promise<void> {
  await world.readTokens();
  await world.subscribe(PAGE_FIELDS, BLUE);
  await world.subscribeApp("instagram", INSTAGRAM_FIELDS);
}

/** Everything a scenario may leave switched: the faults, and what is set on apps, Pages and people. */
async function switches() {
  const { body } = await world.control("GET", "/_sim/state");
  return {
    faults: body.faults,
    apps: body.apps.map(({ id, secret, deauthorizeUrl, redirectUris }: Record<string, unknown>) => ({
      id,
      secret,
      deauthorizeUrl,
      redirectUris,
    })),
    pages: body.pages.map((page: Record<string, unknown>) => {
      const { id, restricted, roles, apps, routing, metaAi, profileAccess, instagramAccess, tokenState } = page;
      const { standing, twoFactorRequired, ownApp, instagram } = page;
      const access = { standing, twoFactorRequired, ownApp, instagram };
      return { id, restricted, roles, apps, routing, metaAi, profileAccess, instagramAccess, tokenState, ...access };
    }),
    users: body.users.map((user: Record<string, unknown>) => {
      const { id, tokenState, twoFactor, checkpoint, unconfirmed, deactivated } = user;
      const { pageIds, declined } = (user.granted ?? {}) as Record<string, string[]>;
      return { id, tokenState, twoFactor, checkpoint, unconfirmed, deactivated, declined, pages: pageIds?.toSorted() };
    }),
  };
}

const fails = (log: { ok: boolean; call: string }[]) => log.filter((line) => !line.ok);

describe("scenarios", () => {
  it("exist for every row that the local Meta can play", () => {
    const rows = new Set(SCENARIOS.map((scenario) => scenario.row));
    expect(ROWS.filter((row) => !rows.has(row))).toEqual([]);
  });

  it("are named by their row, once each, in both languages", () => {
    expect(new Set(SCENARIOS.map(({ id }) => id)).size).toBe(SCENARIOS.length);
    for (const { id, row, title, about, look, options = {} } of SCENARIOS) {
      expect(id).toMatch(new RegExp(`^${row}-[a-z0-9-]+$`));
      const texts = [title, about, look, ...Object.values(options).map((option) => option.about)];
      for (const { en, zh } of texts)
        expect(
          [en, zh].every((text) => text.trim().length > 1),
          `${id}: ${en}`,
        ).toBe(true);
      for (const { zh } of [title, about, look]) expect(zh, id).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it.each(SCENARIOS.map(({ id, row, title }) => ({ id, name: `${row} ${title.en}` })))(
    "$name: every step succeeds and undo puts the switches back ($id)",
    async ({ id }) => {
      await subscribe();
      const before = await switches();
      const run = await world.control("POST", `/_sim/scenarios/${id}`, {});
      expect(run.body.error).toBeUndefined();
      expect(run.status).toBe(201);
      expect(fails(run.body.log)).toEqual([]);
      expect(run.body).toMatchObject({ id, pageId: BLUE });
      const undone = await world.control("POST", `/_sim/scenarios/${id}/undo`, {});
      expect(undone.body.error).toBeUndefined();
      expect(undone.status).toBe(200);
      expect(fails(undone.body.log)).toEqual([]);
      expect(await switches()).toEqual(before);
      await world.sim.idle();
    },
  );
});

describe("what scenarios play", () => {
  /** The webhook entries that arrived because of one run, oldest first. */
  async function played(id: string) {
    await subscribe();
    await world.sim.idle();
    const before = world.receiver.received.length;
    const { body } = await world.control("POST", `/_sim/scenarios/${id}`, {});
    await world.sim.idle();
    const entries = world.receiver.received.slice(before).flatMap((one) => one.body.entry);
    await world.control("POST", `/_sim/scenarios/${id}/undo`, {});
    return { run: body, entries, texts: entries.flatMap((one) => one.messaging ?? []).map((one) => one.message?.text) };
  }

  it("R5 loses two of five messages that the thread at Meta has", async () => {
    const { run, texts } = await played("R5-lost-events");
    expect(texts).toEqual(["First message.", "Fourth message.", "Fifth message."]);
    const { body } = await world.control("GET", `/_sim/pages/${BLUE}/customers/${run.customerId}/thread`);
    expect(body.messages).toHaveLength(5);
  });

  it("R5 swaps neighbours", async () => {
    const { texts } = await played("R5-swapped");
    expect(texts).toEqual(["Second message.", "First message.", "Fourth message.", "Third message."]);
  });

  it("R4 tells only in standby what another app holds", async () => {
    const { entries } = await played("R4-other-app-is-default");
    expect(entries.length).toBeGreaterThan(2);
    expect(entries.every((entry) => entry.standby && !entry.messaging)).toBe(true);
  });

  it("R6 puts nothing on the way for the message that only Meta has", async () => {
    const { run, texts } = await played("R6-lost-found-at-meta");
    expect(texts).toEqual(["Good morning."]);
    const { body } = await world.control("GET", `/_sim/pages/${BLUE}/customers/${run.customerId}/thread`);
    expect(body.messages.map((one: { text: string }) => one.text)).toContain("I want to cancel my order.");
  });

  it("S3 kills the tokens of the person, and undo gives fresh ones", async () => {
    await subscribe();
    const old = world.token;
    await world.control("POST", "/_sim/scenarios/S3-password-changed", {});
    const refused = await world.graph("GET", `/v26.0/${BLUE}`, { access_token: old });
    expect(refused.body.error).toMatchObject({ code: 190, error_subcode: 460 });
    await world.control("POST", "/_sim/scenarios/S3-password-changed/undo", {});
    await world.readTokens();
    expect((await world.graph("GET", `/v26.0/${BLUE}`)).status).toBe(200);
  });
});

describe("starting a scenario", () => {
  it("tells the receiver what a person would have caused, about a fresh customer each time", async () => {
    await subscribe();
    const first = await world.control("POST", "/_sim/scenarios/S6-blocked", {});
    const second = await world.control("POST", "/_sim/scenarios/S6-blocked", {});
    expect(first.body.customerId).not.toBe(second.body.customerId);
    const told = world.receiver.received.flatMap(({ body }) => body.entry).flatMap((entry) => entry.messaging ?? []);
    expect(told).toContainEqual(
      expect.objectContaining({
        sender: { id: first.body.customerId },
        message: expect.objectContaining({ mid: first.body.results.message.mid }),
      }),
    );
  });

  it("takes the Page, the customer and the options given", async () => {
    const { body: made } = await world.control("POST", `/_sim/pages/${TEA}/customers`, { name: "Ola Berg" });
    const run = await world.control("POST", "/_sim/scenarios/S12-any-code", {
      pageId: TEA,
      customerId: made.id,
      code: 190,
      subcode: 463,
    });
    expect(run.body).toMatchObject({ pageId: TEA, customerId: made.id });
    const { body } = await world.control("GET", "/_sim/faults");
    expect(body.nextSend).toEqual([{ recipientId: made.id, code: 190, subcode: 463 }]);
    await world.control("POST", "/_sim/scenarios/S12-any-code/undo", {});
    expect((await world.control("GET", "/_sim/faults")).body.nextSend).toEqual([]);
  });

  it("happens on the Page with an Instagram account where the case is Instagram's", async () => {
    const run = await world.control("POST", "/_sim/scenarios/I1-message", {});
    expect(run.body.pageId).toBe(BLUE);
    const { body } = await world.control("GET", `/_sim/pages/${INSTAGRAM}/customers/${run.body.customerId}/thread`);
    expect(body.platform).toBe("instagram");
    const refused = await world.control("POST", "/_sim/scenarios/I1-message", { pageId: TEA });
    expect(refused.status).toBe(422);
  });

  it("refuses unknown scenarios, options, Pages and customers in plain words", async () => {
    const start = (id: string, body: object) => world.control("POST", `/_sim/scenarios/${id}`, body);
    expect(await start("S99-nothing", {})).toMatchObject({
      status: 404,
      body: { error: expect.stringContaining("S99-nothing") },
    });
    expect(await start("S6-blocked", { code: 1 })).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining("option code") },
    });
    expect((await start("S6-blocked", { pageId: "1" })).status).toBe(404);
    expect((await start("S6-blocked", { customerId: "1" })).status).toBe(404);
  });

  it("says which step was refused, and keeps what was done for the undo", async () => {
    const run = await world.control("POST", "/_sim/scenarios/S3-password-changed", { userId: "404" });
    expect(run.status).toBe(422);
    expect(run.body.error).toMatch(/users\/404\/password.*no user 404/);
    expect(run.body.log.at(0)).toMatchObject({ ok: true });
  });

  it("refuses to undo what was never started, until it is told about whom", async () => {
    await world.control("POST", "/_sim/reset", { keepSubscriptions: true });
    const undo = await world.control("POST", "/_sim/scenarios/S8-meta-says-closed/undo", {});
    expect(undo.status).toBe(409);
    const { body } = await world.control("POST", `/_sim/pages/${BLUE}/customers`, { name: "Ola Berg" });
    const told = await world.control("POST", "/_sim/scenarios/S8-meta-says-closed/undo", { customerId: body.id });
    expect(told.status).toBe(200);
  });

  it("is listed with its last run", async () => {
    const run = await world.control("POST", "/_sim/scenarios/S1-window-closed", {});
    const { body } = await world.control("GET", "/_sim/scenarios");
    const listed = body.data.find((one: { id: string }) => one.id === "S1-window-closed");
    expect(listed).toMatchObject({ row: "S1", lastRun: { ok: true, customerId: run.body.customerId } });
    const { body: one } = await world.control("GET", "/_sim/scenarios/S1-window-closed");
    expect(one.steps.length).toBeGreaterThan(0);
  });
});
