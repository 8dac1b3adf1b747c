import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConversationsPage, GraphMessage, MessagesPage } from "../src/index.ts";

describe("answers of the Conversations API", () => {
  it("R5 reads a conversation with its people, its newest messages and the way to the next page", () => {
    const page = ConversationsPage.parse({
      data: [
        {
          id: "t_1",
          updated_time: "2026-11-20T10:00:05+0000",
          is_owner: false,
          participants: { data: [{ name: "Ann", email: "7400@facebook.com", id: "7400" }, { id: 110 }] },
          messages: {
            data: [
              { id: "m_1", created_time: "2026-11-20T10:00:05+0000", from: { id: "7400", name: "Ann" }, message: "hi" },
            ],
            paging: { cursors: { after: "c" } },
          },
        },
      ],
      paging: { next: "https://graph.facebook.com/next", cursors: { after: "c" } },
    });
    expect(page.data[0]).toMatchObject({
      id: "t_1",
      updated_time: Date.parse("2026-11-20T10:00:05Z"),
      is_owner: false,
      participants: [
        { id: "7400", name: "Ann", username: null },
        { id: "110", name: null },
      ],
      messages: { data: [{ id: "m_1", message: "hi", from: { id: "7400" }, attachments: [], is_unsupported: false }] },
    });
    expect(page.data[0]?.messages?.paging?.next).toBeUndefined();
    expect(page.paging?.next).toBe("https://graph.facebook.com/next");
  });

  it("R5 reads every kind of content a message has there", () => {
    const message = GraphMessage.parse({
      id: "m_2",
      attachments: {
        data: [
          {
            id: 1,
            name: "a.gif",
            image_data: { url: "https://a.example/still.png", animated_gif_url: "https://a.example/a.gif" },
          },
          { id: 2, mime_type: "application/pdf", file_url: "https://a.example/a.pdf" },
          { id: 3, appointment_booking: { booking_id: "B1" } },
        ],
      },
      shares: { data: [{ link: "https://a.example/post", name: "Post" }, { link: "javascript:alert(1)" }] },
      reply_to: { mid: "m_1" },
      story: { mention: { link: "https://a.example/story", id: "179" } },
      is_unsupported: true,
    });
    expect(
      message.attachments.map((one) => one.image_data?.url ?? one.file_url ?? one.appointment_booking?.booking_id),
    ).toEqual(["https://a.example/a.gif", "https://a.example/a.pdf", "B1"]);
    expect(message.shares.map((one) => one.link)).toEqual(["https://a.example/post", null]);
    expect(message).toMatchObject({ reply_to: "m_1", is_unsupported: true, story: { mention: { id: "179" } } });
  });

  it("R5 leaves out what has no id and loses nothing beside it, whatever stands in a member", () => {
    expect(MessagesPage.parse({ data: [{ message: "no id" }, null, { id: "m_3" }] }).data.map((one) => one.id)).toEqual(
      ["m_3"],
    );
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            "from",
            "to",
            "attachments",
            "shares",
            "reactions",
            "tags",
            "created_time",
            "message",
            "story",
          ),
          fc.jsonValue(),
        ),
        (members) => {
          expect(
            MessagesPage.parse({ data: [{ ...members, id: "m_4" }, { id: "m_5" }] }).data.map((one) => one.id),
          ).toEqual(["m_4", "m_5"]);
        },
      ),
    );
  });
});
