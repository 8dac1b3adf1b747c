import { describe, expect, it } from "vitest";
import { adapterFor } from "./index.ts";

const PAGE = "1080";
const IG = "1784";
const ANN = "7400";
const at = "2026-11-20T10:00:05+0000";
const ms = Date.parse("2026-11-20T10:00:05Z");

const answer = (messages: object[], more: object = {}) => ({
  data: [
    {
      id: "t_1",
      updated_time: at,
      participants: {
        data: [
          { id: PAGE, name: "Blue" },
          { id: ANN, name: "Ann Lee" },
        ],
      },
      messages: { data: messages, paging: { cursors: { before: "a", after: "z" } } },
    },
  ],
  paging: { cursors: { before: "a", after: "z" } },
  ...more,
});
const read = (messages: object[], more: object = {}) =>
  adapterFor("messenger").readConversations(answer(messages, more), PAGE)!;
const one = (message: object) =>
  read([{ id: "m_1", created_time: at, from: { id: ANN }, ...message }]).threads[0]!.messages.events[0]!;

describe("Meta's own record", () => {
  it("R5 a message is the event its webhook would have been, with what the record leaves out as null", () => {
    expect(one({ message: "hello", reply_to: { mid: "m_0" } })).toMatchObject({
      type: "message",
      platform: "messenger",
      accountId: PAGE,
      contactId: ANN,
      at: ms,
      direction: "inbound",
      mid: "m_1",
      kind: "text",
      text: "hello",
      replyTo: "m_0",
      appId: null,
      metadata: null,
      payload: null,
      opensWindow: true,
      incomplete: false,
    });
  });

  it("R5 what the Page sent is outbound and opens no window", () => {
    expect(one({ from: { id: PAGE }, message: "hi" })).toMatchObject({ direction: "outbound", opensWindow: false });
    const instagram = adapterFor("instagram").readConversations(
      {
        data: [
          {
            id: "aWdf",
            participants: {
              data: [
                { id: IG, username: "blue" },
                { id: ANN, username: "ann" },
              ],
            },
            messages: { data: [{ id: "m_1", created_time: at, from: { id: IG, username: "blue" }, message: "hi" }] },
          },
        ],
      },
      IG,
    )!;
    expect(instagram.threads[0]).toMatchObject({
      contact: { id: ANN, name: null, username: "ann" },
      messages: { events: [{ direction: "outbound", accountId: IG, contactId: ANN }] },
    });
  });

  it.each<[name: string, message: object, kind: string, attachments: object[], incomplete: boolean]>([
    [
      "a picture",
      { attachments: { data: [{ id: "1", name: "a.jpg", image_data: { url: "https://cdn.example/a.jpg" } }] } },
      "image",
      [{ kind: "image", url: "https://cdn.example/a.jpg" }],
      false,
    ],
    [
      "a sticker",
      { sticker: "https://cdn.example/s.png" },
      "sticker",
      [{ kind: "sticker", url: "https://cdn.example/s.png" }],
      false,
    ],
    [
      "a sticker that is an attachment too",
      {
        sticker: "https://cdn.example/s.png",
        attachments: { data: [{ image_data: { url: "https://cdn.example/s.png" } }] },
      },
      "sticker",
      [{ kind: "sticker" }],
      false,
    ],
    [
      "a voice message",
      { attachments: { data: [{ mime_type: "audio/mp4", file_url: "https://cdn.example/a.mp4" }] } },
      "audio",
      [{ kind: "audio" }],
      false,
    ],
    [
      "a document",
      { attachments: { data: [{ mime_type: "application/pdf", file_url: "https://cdn.example/a.pdf" }] } },
      "file",
      [{ kind: "file" }],
      false,
    ],
    [
      "a video",
      { attachments: { data: [{ video_data: { url: "https://cdn.example/a.mp4" } }] } },
      "video",
      [{ kind: "video" }],
      false,
    ],
    [
      "a shared post",
      { shares: { data: [{ link: "https://www.facebook.com/1", name: "Post" }] } },
      "share",
      [{ kind: "share", link: "https://www.facebook.com/1", title: "Post" }],
      false,
    ],
    [
      "a product",
      {
        shares: {
          data: [
            {
              template: {
                payload: { product: { elements: [{ title: "Cup", image_url: "https://cdn.example/c.png" }] } },
              },
            },
          ],
        },
      },
      "template",
      [{ kind: "template", title: "Cup" }],
      false,
    ],
    [
      "a template",
      { attachments: { data: [{ generic_template: { title: "Menu", cta: { url: "https://a.example" } } }] } },
      "template",
      [{ kind: "template", title: "Menu", link: "https://a.example" }],
      false,
    ],
    [
      "a story mentioned",
      { story: { mention: { link: "https://cdn.example/st", id: "9" } } },
      "story",
      [{ type: "story_mention" }],
      false,
    ],
    [
      "an appointment",
      { attachments: { data: [{ appointment_booking: { booking_id: "B" } }] } },
      "appointment",
      [{ type: "appointment_booking" }],
      false,
    ],
    ["something Meta does not tell", { is_unsupported: true }, "unsupported", [], true],
    ["nothing at all", { message: "" }, "unsupported", [], true],
  ])("R5 %s is read as what it is", (_name, message, kind, attachments, incomplete) => {
    const event = one(message);
    expect(event).toMatchObject({ kind, attachments, incomplete });
    expect(event.attachments).toHaveLength(attachments.length);
  });

  it("R5 messages named without content are counted, not read: Meta tells the 20 newest of a thread", () => {
    const { messages } = read([
      { id: "m_2", created_time: at, from: { id: ANN }, message: "told" },
      { id: "m_1", created_time: at },
    ]).threads[0]!;
    expect([messages.events.map((e) => e.mid), messages.untold]).toEqual([["m_2"], 1]);
  });

  it("R5 there is a next page only where Meta names one; its token is not followed", () => {
    expect([read([]).next, read([]).threads[0]!.messages.next]).toEqual([null, null]);
    const next = `https://graph.facebook.com/v26.0/${PAGE}/conversations?access_token=EAAsecret&after=QVFI`;
    expect(read([], { paging: { next, cursors: { after: "other" } } }).next).toBe("QVFI");
    expect(read([], { paging: { next: "not an address", cursors: { after: "other" } } }).next).toBe("other");
  });

  it("R5 what is no list of conversations is null, and a thread without a customer holds nothing", () => {
    expect([null, "x", { data: 1 }].map((body) => adapterFor("messenger").readConversations(body, PAGE))).toEqual([
      null,
      null,
      null,
    ]);
    const lonely = adapterFor("messenger").readConversations(
      { data: [{ id: "t_1", participants: { data: [{ id: PAGE }] } }] },
      PAGE,
    );
    expect(lonely!.threads).toMatchObject([{ contact: null, messages: { events: [] } }]);
  });

  it("O1 what Meta writes for an account that is gone is nobody's name", () => {
    const gone = adapterFor("messenger").readConversations(
      { data: [{ id: "t_1", participants: { data: [{ id: ANN, name: "Facebook User" }] } }] },
      PAGE,
    );
    expect(gone!.threads[0]!.contact).toEqual({ id: ANN, name: null, username: null });
  });
});
