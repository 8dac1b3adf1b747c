import { describe, expect, it } from "vitest";
import {
  AT,
  fromCustomer,
  fromPage,
  PAGE,
  PSID,
  pageBody,
  SENT,
  messengerSamples as samples,
  type WebhookSample,
  wireBytes,
} from "../../../../../packages/meta-wire/fixtures/index.ts";
import type { InboundEvent, MessageEvent } from "../channel.ts";
import { normalizeDelivery } from "../normalize.ts";

const eventsOf = (body: object): InboundEvent[] => normalizeDelivery(wireBytes(body)).events;
const only = (sample: WebhookSample | { body: object }): InboundEvent => {
  const events = eventsOf(sample.body);
  expect(events).toHaveLength(1);
  return events[0]!;
};
const message = (sample: WebhookSample | { body: object }): MessageEvent => {
  const event = only(sample);
  if (event.type !== "message") throw new Error(`expected a message, got ${JSON.stringify(event)}`);
  return event;
};
const base = { platform: "messenger", accountId: PAGE, contactId: PSID, at: AT, standby: false };

describe("messages of a Messenger customer", () => {
  it("S1 gives text with its thread, Meta's time and the opened window", () => {
    expect(message(samples.text)).toEqual({
      ...base,
      type: "message",
      direction: "inbound",
      mid: "m_text",
      kind: "text",
      text: "Guten Tag, är ni öppna? 🙂",
      details: [],
      attachments: [],
      replyTo: null,
      payload: null,
      referral: null,
      appId: null,
      metadata: null,
      aiGenerated: false,
      incomplete: false,
      opensWindow: true,
      priorRef: null,
    });
  });

  it("keeps payload and answered message of a quick reply", () => {
    expect(message(samples.quickReply)).toMatchObject({
      kind: "text",
      text: "Red",
      payload: "COLOR_RED",
      replyTo: "m_0",
    });
  });

  it("keeps every image and file in order with its address", () => {
    expect(message(samples.images)).toMatchObject({
      kind: "image",
      incomplete: false,
      attachments: [
        { url: "https://scontent.xx.fbcdn.net/v/a1.jpg" },
        { url: "https://scontent.xx.fbcdn.net/v/a2.jpg" },
      ],
    });
    expect(message(samples.file)).toMatchObject({
      kind: "file",
      attachments: [{ kind: "file", url: "https://cdn.fbsbx.com/v/order.pdf" }],
    });
  });

  it("shows one sticker whether Meta sends image, sticker or both", () => {
    for (const sample of [samples.stickerTwice, samples.stickerImage, samples.stickerAlone])
      expect(message(sample)).toMatchObject({
        kind: "sticker",
        attachments: [{ kind: "sticker", url: "https://scontent.xx.fbcdn.net/v/s.png" }],
      });
    expect(message(samples.stickerTwice).attachments).toHaveLength(1);
    const photoToo = {
      body: pageBody(
        fromCustomer({
          message: {
            mid: "m",
            attachments: [
              { type: "image", payload: { url: "https://scontent.xx.fbcdn.net/v/photo.jpg" } },
              { type: "sticker", payload: { url: "https://scontent.xx.fbcdn.net/v/s.png", sticker_id: 1 } },
            ],
          },
        }),
      ),
    };
    expect(message(photoToo).attachments.map((one) => one.kind)).toEqual(["image", "sticker"]);
  });

  it("shows shares by their public address and title", () => {
    expect(message(samples.reel)).toMatchObject({
      kind: "share",
      attachments: [
        { kind: "share", url: null, link: "https://www.facebook.com/reel/1", title: "Spring", type: "reel" },
      ],
    });
    expect(message(samples.post)).toMatchObject({
      kind: "share",
      attachments: [{ link: "https://www.facebook.com/1/posts/2", title: "Sale", type: "post" }],
    });
    expect(message(samples.fallbackLink)).toMatchObject({
      kind: "text",
      text: "this one",
      attachments: [{ kind: "fallback", link: "https://example.org/p", title: "A page" }],
    });
  });

  it("R5 keeps what it cannot show as an incomplete message that still opens the window", () => {
    for (const sample of [samples.empty, samples.unsupported])
      expect(message(sample)).toMatchObject({ kind: "unsupported", incomplete: true, opensWindow: true });
    expect(message(samples.fallbackEmpty)).toMatchObject({ kind: "share", opensWindow: true });
  });

  it("R5 shows a command as typed, and ignores what Meta guessed of the language", () => {
    expect(message(samples.command)).toMatchObject({ kind: "text", text: "/flights", incomplete: false });
    expect(message(samples.understoodByWit)).toMatchObject({ kind: "text", text: "bye", incomplete: false });
  });

  it("O1 keeps the user_ref through which the checkbox plugin knew the person", () => {
    expect(message(samples.afterCheckbox)).toMatchObject({ text: "Thanks", priorRef: "ref-77", contactId: PSID });
  });

  it("R5 marks a file without an address as incomplete and never passes on a dangerous one", () => {
    const body = pageBody(
      fromCustomer({
        message: {
          mid: "m",
          text: "see",
          attachments: [
            { type: "image", payload: {} },
            { type: "fallback", payload: { url: "javascript:alert(1)" } },
            "broken",
          ],
        },
      }),
    );
    const read = message({ body });
    expect(read).toMatchObject({ kind: "image", text: "see", incomplete: true });
    expect(read.attachments.map((one) => [one.type, one.url, one.link])).toEqual([
      ["image", null, null],
      ["fallback", null, null],
      ["malformed", null, null],
    ]);
  });

  it("R2 keeps ad and referral on the message", () => {
    expect(message(samples.adMessage).referral).toEqual({
      source: "ADS",
      type: "OPEN_THREAD",
      ref: "REF",
      adId: "6302572858686",
      adTitle: "Lamps",
      productId: null,
      isGuest: false,
    });
    expect(message(samples.shopMessage).referral).toMatchObject({ productId: "24001", source: null });
  });

  it("S1 does not open the window for a lead summary Meta writes in the customer's name", () => {
    expect(message(samples.leadSummary)).toMatchObject({ direction: "inbound", opensWindow: false });
  });

  it("gives a message without mid the same derived id at every delivery", () => {
    const at = (timestamp: number) =>
      message({ body: pageBody({ ...fromCustomer({ message: { text: "hi" } }), timestamp }) }).mid;
    expect(at(AT)).toMatch(/^derived:/);
    expect(at(AT)).toBe(at(AT));
    expect(at(AT)).not.toBe(at(AT + 1));
  });

  it("takes the time of the entry where the event has none", () => {
    expect(
      message({ body: pageBody({ ...fromCustomer({ message: { mid: "m", text: "x" } }), timestamp: undefined }) }).at,
    ).toBe(SENT);
  });
});

describe("messages from the Page's side", () => {
  it("R3 gives echoes the recipient as contact, and app id and metadata as strings", () => {
    expect(message(samples.echo)).toMatchObject({
      ...base,
      direction: "outbound",
      appId: "1517776481860111",
      metadata: "0197-our-id",
      opensWindow: false,
    });
  });

  it("R3 marks what Meta's AI wrote", () => {
    expect(message(samples.aiEcho)).toMatchObject({
      direction: "outbound",
      appId: "263902037430900",
      aiGenerated: true,
      metadata: '{"source":"axon"}',
    });
  });

  it("reads the side from the entry's id where is_echo is missing or sender and recipient are swapped", () => {
    for (const sample of [samples.unmarkedEcho, samples.reversedEcho])
      expect(message(sample)).toMatchObject({
        direction: "outbound",
        contactId: PSID,
        accountId: PAGE,
        opensWindow: false,
      });
  });

  it("R1 never opens a thread with the account itself", () => {
    const self = { sender: { id: PAGE }, recipient: { id: PAGE }, timestamp: AT };
    for (const members of [
      { message: { mid: "m", text: "x" } },
      { message: { mid: "m", text: "x", is_echo: true } },
      { postback: { mid: "m", title: "x" } },
      { reaction: { mid: "m", action: "react" } },
      { read: { watermark: AT } },
      { referral: { ref: "r", source: "SHORTLINK" } },
    ])
      expect(only({ body: pageBody({ ...self, ...members }) })).toMatchObject({ type: "other", contactId: null });
    expect(only({ body: pageBody(fromPage({ read: { watermark: AT } })) }).type).toBe("other");
  });
});

describe("other events of a Messenger thread", () => {
  it("S1 shows a tapped button as a message with its title and opens the window", () => {
    expect(message(samples.postback)).toMatchObject({
      mid: "m_postback",
      kind: "postback",
      text: "Get Started",
      payload: "GET_STARTED",
      referral: { source: "SHORTLINK" },
      opensWindow: true,
      incomplete: false,
    });
  });

  it("gives a postback without mid the same derived id at every delivery, another for another button or time", () => {
    const { mid } = message(samples.postbackWithoutMid);
    expect(mid).toMatch(/^derived:[\w-]{43}$/);
    expect(message(samples.postbackWithoutMid).mid).toBe(mid);
    const later = { ...fromCustomer({ postback: { title: "Track order", payload: "TRACK" } }), timestamp: AT + 1 };
    expect(message({ body: pageBody(later) }).mid).not.toBe(mid);
    expect(
      message({ body: pageBody(fromCustomer({ postback: { title: "Track order", payload: "OTHER" } })) }).mid,
    ).not.toBe(mid);
  });

  it("O2 opens no thread for a plugin user without an id", () => {
    expect(only(samples.postbackUserRef)).toMatchObject({
      type: "other",
      name: "postback",
      contactId: null,
      understood: true,
    });
  });

  it("R2 marks what came in standby; it is the customer's action all the same", () => {
    expect(message(samples.standbyPostback)).toMatchObject({
      standby: true,
      payload: null,
      opensWindow: true,
      incomplete: false,
    });
  });

  it("S1 opens the window for a reaction, not for taking it back", () => {
    expect(only(samples.reaction)).toEqual({
      ...base,
      type: "reaction",
      mid: "m_echo",
      emoji: "❤️",
      by: "customer",
      opensWindow: true,
    });
    expect(only(samples.unreaction)).toMatchObject({ emoji: null, opensWindow: false });
  });

  it("reads edits, deliveries and reads with millisecond watermarks", () => {
    expect(only(samples.edit)).toEqual({ ...base, type: "edit", mid: "m_text", text: "Good day", edition: 2 });
    expect(only(samples.delivery)).toEqual({
      ...base,
      type: "delivered",
      watermark: 1_763_769_602_000,
      mids: ["m_echo"],
    });
    expect(only(samples.read)).toEqual({ ...base, type: "read", watermark: 1_763_769_603_000, mids: [] });
  });

  it("S1 opens the window for an m.me link, not for an ad alone", () => {
    expect(only(samples.linkReferral)).toMatchObject({ type: "referral", opensWindow: true, referral: { ref: "R" } });
    expect(only(samples.leadWithoutAnswers)).toMatchObject({
      type: "referral",
      opensWindow: false,
      at: 1_763_769_599_000,
      referral: { type: "LEAD_INCOMPLETE" },
    });
    expect(only(samples.guestReferral)).toMatchObject({ opensWindow: false, referral: { isGuest: true } });
  });

  it("R5 keeps every other event under Meta's name and says which are unknown", () => {
    expect(only(samples.contextMember)).toMatchObject({ name: "message_context", contactId: PSID, understood: true });
    expect(only(samples.unknownMember)).toMatchObject({ name: "foo", contactId: PSID, understood: false });
    expect(only({ body: pageBody(fromCustomer({})) })).toMatchObject({ name: "empty", understood: false });
    expect(only({ body: pageBody(fromCustomer({ message: "text" })) })).toMatchObject({
      name: "message",
      understood: false,
    });
  });
});
