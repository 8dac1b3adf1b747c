import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { png } from "../src/store/png.ts";
import { ANN, BLUE, TEA, World } from "./support/world.ts";

let world: World;
beforeEach(async () => {
  world = await new World().start();
});
afterEach(async () => {
  await world.stop();
});

const PNG = png(8, 8, () => [200, 40, 40]);
const error = ({ body }: { body: { error?: { code: number; error_subcode?: number } } }) => [
  body.error?.code,
  body.error?.error_subcode,
];
const hoursAgo = (hours: number | null, customer = ANN) =>
  world.control("POST", `/_sim/pages/${BLUE}/customers/${customer}/window`, { lastActionHoursAgo: hours });
const HUMAN = { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" };

async function upload(
  type: string,
  bytes: Buffer,
  name: string,
  mime: string,
  path = "/v26.0/me/messages",
  extra: Record<string, string> = {},
) {
  const form = new FormData();
  form.set("recipient", JSON.stringify({ id: ANN }));
  form.set("message", JSON.stringify({ attachment: { type, payload: {} } }));
  for (const [key, value] of Object.entries(extra)) form.set(key, value);
  form.set("filedata", new Blob([new Uint8Array(bytes)], { type: mime }), name);
  return await world.http("POST", path, { body: form, headers: { authorization: `Bearer ${world.token}` } });
}

describe("Send API", () => {
  it("accepts a reply inside the window and answers recipient and message id", async () => {
    await world.write("hi");
    const { status, body } = await world.send({ text: "hello" }, { messaging_type: "RESPONSE" });
    expect(status).toBe(200);
    expect(body).toEqual({ recipient_id: ANN, message_id: expect.stringMatching(/^m_[\w-]{88}$/) });
  });

  it("accepts form fields with JSON strings, and bracket names", async () => {
    await world.write("hi");
    const json = new URLSearchParams({
      access_token: world.token,
      recipient: JSON.stringify({ id: ANN }),
      message: JSON.stringify({ text: "form" }),
    });
    const bracket = new URLSearchParams({
      access_token: world.token,
      "recipient[id]": ANN,
      "message[text]": "bracket",
    });
    for (const body of [json, bracket])
      expect((await world.http("POST", `/${BLUE}/messages`, { body })).status).toBe(200);
    expect((await world.thread()).messages.slice(-2).map((message: { text: string }) => message.text)).toEqual([
      "form",
      "bracket",
    ]);
  });

  it.each([
    [0, "none", "sent", "100/2018276", "sent"],
    [23, "none", "sent", "100/2018276", "sent"],
    [24, "none", "10/2018278", "100/2018276", "sent"],
    [24 * 6.9, "none", "10/2018278", "100/2018276", "sent"],
    [24 * 7, "none", "10/2018278", "100/2018276", "10/2018278"],
  ])(
    "S1 S2 policy at %d h: %s → %s, human agent not approved → %s, approved → %s",
    async (hours, _none, plain, notApproved, approved) => {
      await world.write("hi");
      await hoursAgo(hours);
      const outcome = ({
        status,
        body,
      }: {
        status: number;
        body: { error?: { code: number; error_subcode: number } };
      }) => (status === 200 ? "sent" : `${body.error?.code}/${body.error?.error_subcode}`);
      expect(outcome(await world.send({ text: "x" }))).toBe(plain);
      expect(outcome(await world.send({ text: "x" }, { messaging_type: "UPDATE" }))).toBe(plain);
      expect(outcome(await world.send({ text: "x" }, HUMAN))).toBe(notApproved);
      await world.faults({ humanAgentApproved: true });
      expect(outcome(await world.send({ text: "x" }, HUMAN))).toBe(approved);
    },
  );

  it("S8 there is no 24+1: the first message after 24 h is refused, a new customer message reopens", async () => {
    await world.write("old", ANN, { at: Date.now() - 25 * 3_600_000 });
    expect(error(await world.send({ text: "one more" }))).toEqual([10, 2018278]);
    await world.write("new");
    expect((await world.send({ text: "now" })).status).toBe(200);
  });

  it("O4 dead tags are refused inside the window, before the recipient is looked at", async () => {
    await world.write("hi");
    for (const tag of ["ACCOUNT_UPDATE", "POST_PURCHASE_UPDATE", "CONFIRMED_EVENT_UPDATE"]) {
      expect(error(await world.send({ text: "x" }, { messaging_type: "MESSAGE_TAG", tag }))).toEqual([100, 1893061]);
    }
    expect(error(await world.send({ text: "x" }, HUMAN, "1234567890123456"))).toEqual([100, 2018276]);
  });

  it("checks in Meta's order: token, shape, tag, recipient, restriction, window, person", async () => {
    await world.control("POST", `/_sim/pages/${BLUE}/restrict`, {});
    await world.control("POST", `/_sim/pages/${BLUE}/customers/${ANN}/block`, {});
    const shape = await world.send({}, { ...HUMAN });
    expect(error(shape)).toEqual([100, 2018034]);
    expect(error(await world.send({ text: "x" }, HUMAN))).toEqual([100, 2018276]);
    expect(error(await world.send({ text: "x" }, {}, "1234567890123456"))).toEqual([100, 2018001]);
    expect(error(await world.send({ text: "x" }))).toEqual([100, 2018001]);
    await hoursAgo(25);
    expect(error(await world.send({ text: "x" }))).toEqual([10, 1893063]);
    await world.control("POST", `/_sim/pages/${BLUE}/restrict`, { restricted: false });
    expect(error(await world.send({ text: "x" }))).toEqual([10, 2018278]);
    await world.write("hi");
    expect(error(await world.send({ text: "x" }))).toEqual([551, 1545041]);
    const token = world.token;
    world.token = "EAABdead";
    expect(error(await world.send({}))[0]).toBe(190);
    world.token = token;
  });

  it("refuses by shape: state beside message, empty, too long, unknown keys, ids of another Page", async () => {
    await world.write("hi");
    expect(error(await world.send({ text: "x" }, { sender_action: "typing_on" }))).toEqual([100, 2018014]);
    expect(error(await world.send({ text: "  " }))).toEqual([100, 2018034]);
    expect(error(await world.send({ text: "界".repeat(2000) }))).toEqual([undefined, undefined]);
    expect(error(await world.send({ text: "x".repeat(2001) }))).toEqual([100, undefined]);
    expect((await world.send({ txt: "x" })).body.error.message).toContain('Invalid keys "txt"');
    expect(
      (await world.send({ text: "x" }, { messaging_type: "RESPONSE", tag: "HUMAN_AGENT" })).body.error.message,
    ).toBe("(#100) Messaging type should be MESSAGE_TAG for tagged messages.");
    expect((await world.send({ text: "x" }, { messaging_type: "MESSAGE_TAG", tag: "NEWS" })).body.error.message).toBe(
      "(#100) Invalid tag.",
    );
    await world.write("from the other Page", "7400000000000011", {}, TEA);
    expect(error(await world.send({ text: "x" }, {}, "7400000000000011"))).toEqual([100, 2018001]);
  });

  it("I1 Instagram: 1000 bytes, its own window error with 403, no sending through the account's own path", async () => {
    const rosa = "6400000000000001";
    expect(error(await world.send({ text: "x" }, {}, rosa))).toEqual([100, 2534014]);
    await hoursAgo(25, rosa);
    const closed = await world.send({ text: "x" }, {}, rosa);
    expect([closed.status, ...error(closed)]).toEqual([403, 10, 2534022]);
    await world.write("hola", rosa);
    expect(error(await world.send({ text: "界".repeat(334) }, {}, rosa))).toEqual([100, 2534015]);
    expect((await world.send({ text: "界".repeat(333) }, {}, rosa)).status).toBe(200);
    expect((await world.graph("POST", "/17841400000009001/messages")).body.error.code).toBe(3);
  });

  it("S7 attachments: the kind, the name, the declared type and the content must agree", async () => {
    await world.write("hi");
    expect((await upload("image", PNG, "a.png", "image/png")).body).toHaveProperty("message_id");
    expect(error(await upload("image", PNG, "a.jpg", "image/jpeg"))).toEqual([100, 2018047]);
    expect(error(await upload("image", Buffer.from("<html>"), "a.png", "image/png"))).toEqual([100, 2018047]);
    expect(error(await upload("image", PNG.subarray(0, PNG.length - 14), "a.png", "image/png"))).toEqual([
      100, 2018047,
    ]);
    expect(error(await upload("audio", PNG, "a.png", "image/png"))).toEqual([100, 2018047]);
    expect(error(await upload("image", PNG, "a.png", "application/octet-stream"))).toEqual([100, 2018047]);
    expect((await upload("file", Buffer.from("a,b\n1,2\n"), "list.csv", "text/csv")).status).toBe(200);
    expect(error(await upload("file", Buffer.from("no pdf"), "x.pdf", "application/pdf"))).toEqual([100, 2018047]);
    expect(error(await upload("file", Buffer.alloc(26 * 1024 * 1024, 65), "big.txt", "text/plain"))).toEqual([
      100, 2018109,
    ]);
    const none = await world.send({ attachment: { type: "image", payload: {} } });
    expect(none.body.error.message).toBe("(#100) Incorrect number of files uploaded. Must upload exactly one file.");
    const bare = await world.send({ attachment: { type: "image" } });
    expect(bare.body.error.message).toBe("(#100) The parameter message[attachment][payload] is required");
  });

  it("uploads for reuse; the id is private to the Page", async () => {
    await world.write("hi");
    const { body } = await upload("image", PNG, "a.png", "image/png", `/v26.0/${BLUE}/message_attachments`, {
      message: JSON.stringify({ attachment: { type: "image", payload: { is_reusable: true } } }),
    });
    // the recipient field is unknown to this edge
    expect(body.error.message).toContain("recipient");
    const form = new FormData();
    form.set("message", JSON.stringify({ attachment: { type: "image", payload: { is_reusable: true } } }));
    form.set("filedata", new Blob([new Uint8Array(PNG)], { type: "image/png" }), "a.png");
    const made = await world.http("POST", `/${BLUE}/message_attachments`, {
      body: form,
      headers: { authorization: `Bearer ${world.token}` },
    });
    expect(made.body.attachment_id).toMatch(/^\d{16}$/);
    const payload = { attachment_id: made.body.attachment_id };
    expect((await world.send({ attachment: { type: "image", payload } })).status).toBe(200);
    expect(error(await world.send({ attachment: { type: "image", payload: { attachment_id: "1" } } }))).toEqual([
      100, 2018074,
    ]);
  });

  it("fetches by URL while the sender waits; an address that fails is 2018008", async () => {
    await world.write("hi");
    const blob = await world.control("POST", `/_sim/pages/${BLUE}/customers/${ANN}/messages`, {
      attachments: [{ type: "image", base64: PNG.toString("base64"), name: "p.png" }],
    });
    const url = (await world.thread()).messages.find((message: { mid: string }) => message.mid === blob.body.mid)
      .attachments[0].url;
    const sent = await world.send({ attachment: { type: "image", payload: { url, is_reusable: true } } });
    expect(sent.body.attachment_id).toMatch(/^\d+$/);
    expect(
      error(await world.send({ attachment: { type: "image", payload: { url: `${world.sim.url}/_cdn/none/x.png` } } })),
    ).toEqual([100, 2018008]);
    expect(
      error(await world.send({ attachment: { type: "image", payload: { url: `${world.sim.url}/phone` } } }))[0],
    ).toBe(546);
  });

  it("shows typing, seen and reactions on the phone", async () => {
    const { body } = await world.write("hi");
    const act = (extra: Record<string, unknown>) => world.send(undefined, extra);
    expect((await act({ sender_action: "typing_on" })).body).toEqual({ recipient_id: ANN });
    expect((await world.thread()).pageTyping).toBe(true);
    await act({ sender_action: "mark_seen" });
    await act({ sender_action: "react", payload: { message_id: body.mid, reaction: "love" } });
    await world.send({ text: "done" });
    const thread = await world.thread();
    expect(thread.pageTyping).toBe(false);
    expect(thread.pageSeenAt).not.toBeNull();
    expect(thread.messages[0].reactions).toEqual([{ by: "page", reaction: "love", emoji: "❤️" }]);
    expect((await act({ sender_action: "dance" })).body.error.code).toBe(100);
  });

  it("S9 S10 faults of the next sends: codes, broken connections before and after acceptance, no JSON", async () => {
    await world.write("hi");
    await world.faults({
      nextSend: [
        { code: -1 },
        { code: 613, times: 2 },
        { html: "<html>", status: 502 },
        { cut: "before" },
        { cut: "after" },
      ],
    });
    const internal = await world.send({ text: "1" });
    expect([internal.status, internal.body.error.message]).toEqual([500, "(#-1) Unexpected internal error"]);
    expect(error(await world.send({ text: "2" }))).toEqual([613, undefined]);
    expect((await world.send({ text: "3" })).body.error.is_transient).toBe(true);
    expect((await world.send({ text: "4" })).status).toBe(502);
    await expect(world.send({ text: "never accepted" })).rejects.toThrow();
    await expect(world.send({ text: "accepted, unanswered" })).rejects.toThrow();
    const texts = (await world.thread()).messages.map((message: { text: string }) => message.text);
    expect(texts).toEqual(["hi", "accepted, unanswered"]);
  });
});
