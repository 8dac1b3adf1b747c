import { describe, expect, it } from "vitest";
import { AccountsPage, DebugToken, parseJson, readGraphError, SendAnswer, SubscribedApps } from "../src/index.ts";

describe("answers of the Graph API", () => {
  it("S12 reads a whole error envelope", () => {
    const body = {
      error: {
        message: "(#10) outside",
        type: "OAuthException",
        code: 10,
        error_subcode: 2018278,
        is_transient: false,
        error_user_title: "T",
        error_user_msg: "M",
        fbtrace_id: "AxII",
      },
    };
    expect(readGraphError(body)).toEqual({
      code: 10,
      subcode: 2018278,
      type: "OAuthException",
      message: "(#10) outside",
      userTitle: "T",
      userMessage: "M",
      transient: false,
      traceId: "AxII",
    });
  });

  it("S9 S10 takes the code from the text where the field is missing, negative codes too", () => {
    expect(readGraphError({ error: { message: "(#-2) timed out" } })).toMatchObject({ code: -2, subcode: null });
  });

  it("S12 trusts the field over the text", () => {
    expect(readGraphError({ error: { message: "(#551) away", code: 200, error_subcode: 1545041 } })).toMatchObject({
      code: 200,
      subcode: 1545041,
    });
  });

  it("finds an error whatever its shape, and none where there is none", () => {
    expect(readGraphError({ error: "invalid_request", error_description: "bad" })).toMatchObject({
      code: null,
      message: "bad",
    });
    expect(readGraphError({ error: { code: "190", error_subcode: "460" } })).toMatchObject({ code: 190, subcode: 460 });
    for (const body of [null, undefined, "", [], {}, { data: [] }, { error: null }])
      expect(readGraphError(body)).toBeNull();
  });

  it("gives the ids of a send as strings with all their digits", () => {
    const answer = parseJson(
      '{"recipient_id":74000000000000011,"message_id":"m_1","attachment_id":687799999980546123}',
    );
    expect(SendAnswer.parse(answer)).toMatchObject({
      recipient_id: "74000000000000011",
      message_id: "m_1",
      attachment_id: "687799999980546123",
    });
  });

  it("S4 reads a dead token with its error and without times", () => {
    const body = { data: { is_valid: false, scopes: [], error: { code: 190, subcode: 460, message: "changed" } } };
    expect(DebugToken.parse(body).data).toMatchObject({
      is_valid: false,
      expires_at: null,
      granular_scopes: [],
      error: { subcode: 460 },
    });
  });

  it("leaves out a bad element of a list and keeps the others and the way to the next page", () => {
    const page = AccountsPage.parse({
      data: [{ name: "no id" }, { id: 5, name: "Shop", tasks: ["MESSAGING"] }],
      paging: { next: "https://graph.facebook.com/next" },
    });
    expect(page.data.map((one) => [one.id, one.name, one.tasks])).toEqual([["5", "Shop", ["MESSAGING"]]]);
    expect(page.paging?.next).toBe("https://graph.facebook.com/next");
    expect(SubscribedApps.parse({ data: [{ id: "9" }] }).data[0]?.subscribed_fields).toEqual([]);
  });
});
