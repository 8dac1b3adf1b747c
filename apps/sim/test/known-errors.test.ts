import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { KNOWN } from "../src/graph/known/index.ts";
import { ANN, BLUE, World } from "./support/world.ts";

let world: World;
beforeAll(async () => {
  world = await new World().start();
  await world.write("hi");
});
afterAll(async () => {
  await world.stop();
});

const POLICY = "https://developers.facebook.com/docs/messenger-platform/policy-overview";

/** Bodies of meta-sending §3.8, word for word; `is_transient` as §3.3 has the simulator send it. */
const READY: [number, number | undefined, number, string, Record<string, unknown>?][] = [
  [
    10,
    2018278,
    400,
    `(#10) This message is sent outside of allowed window. Learn more about the new policy here: ${POLICY}`,
  ],
  [10, 2534022, 403, "This message is sent outside of allowed window."],
  [10, 2018300, 400, "(#10) Message failed to send because another app is controlling this thread now."],
  [100, 2018276, 400, "(#100) Cannot tag messages with 'HUMAN_AGENT' without prior approval."],
  [
    100,
    1893061,
    400,
    "Invalid parameter",
    { is_transient: false, error_user_title: expect.any(String), error_user_msg: expect.any(String) },
  ],
  [551, 1545041, 400, "(#551) This person isn't available right now."],
  [100, 2018047, 400, "(#100) Upload attachment failure."],
  [100, 2018001, 400, "(#100) No matching user found"],
  [4, undefined, 400, "(#4) Application request limit reached", { is_transient: true }],
  [613, undefined, 400, "(#613) Calls to this api have exceeded the rate limit.", { is_transient: true }],
  [1200, 2018024, 500, "(#1200) Temporary send message failure. Please try again later."],
  [-1, undefined, 500, "(#-1) Unexpected internal error"],
  [-2, undefined, 500, "(#-2) Timed out while uploading message attachment; please try again later"],
  [10, 1893063, 400, "(#10) You are temporarily restricted from sending messages."],
  [
    190,
    460,
    400,
    "Error validating access token: The session has been invalidated because the user changed their password or Facebook has changed the session for security reasons.",
  ],
  [
    190,
    463,
    400,
    "Error validating access token: Session has expired on Wednesday, 14-Feb-18 18:00:00 PST. The current time is Thursday, 15-Feb-18 13:46:35 PST.",
  ],
  [10900, undefined, 400, "(#10900) Activity already replied to"],
  [
    80006,
    undefined,
    400,
    "(#80006) There have been too many calls to this Page account. Wait a bit and try again. For more info, please refer to https://developers.facebook.com/docs/graph-api/overview/rate-limiting.",
    { is_transient: true },
  ],
]; // prettier-ignore

const inject = async (fault: Record<string, unknown>) => {
  await world.faults({ nextSend: [{ recipientId: ANN, ...fault }] });
  return await world.send({ text: "x" });
};

describe("known errors", () => {
  it.each(READY)("S12 %s/%s is answered word for word", async (code, subcode, status, message, more = {}) => {
    const answer = await inject({ code, ...(subcode !== undefined && { subcode }) });
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      error: {
        message,
        type: "OAuthException",
        code,
        ...(subcode !== undefined && { error_subcode: subcode }),
        ...more,
        fbtrace_id: expect.stringMatching(/^A\w{22}$/),
      },
    });
  });

  it("S12 every row can be played by its numbers alone, and is listed", async () => {
    const { body } = await world.control("GET", "/_sim/known-errors");
    expect(body.data).toHaveLength(KNOWN.length);
    const seen = new Set<string>();
    for (const { code, subcode, status, error } of body.data) {
      const numbers = `${code}/${subcode}`;
      if (seen.has(numbers)) continue;
      seen.add(numbers);
      const answer = await inject({ code, ...(subcode !== null && { subcode }) });
      expect([answer.status, answer.body.error], numbers).toEqual([
        status,
        { ...error, fbtrace_id: expect.any(String) },
      ]);
    }
    expect((await world.control("GET", "/_sim/known-errors?code=190")).body.data.length).toBeGreaterThan(8);
  });

  it("S12 code 2 with the labels' sub-code is not transient and says so to users", async () => {
    const { body, status } = await inject({ code: 2, subcode: 2018344 });
    expect([status, body.error.is_transient, body.error.error_user_title]).toEqual([
      400,
      false,
      "Privacy ToS not accepted",
    ]);
  });

  it("S12 what a fault names stands instead: text, type, status, user texts, is_transient", async () => {
    const { body, status } = await inject({
      code: 613,
      message: "超過速率限制",
      type: "IGApiException",
      status: 429,
      isTransient: null,
      userTitle: "Slow down",
      userMessage: "Too fast",
    });
    expect(status).toBe(429);
    expect(body.error).toEqual({
      message: "超過速率限制",
      type: "IGApiException",
      code: 613,
      error_user_title: "Slow down",
      error_user_msg: "Too fast",
      fbtrace_id: expect.any(String),
    });
  });

  it("S12 unknown sub-codes take after their code, unknown codes after Meta's pattern", async () => {
    expect((await inject({ code: 10, subcode: 4242 })).body.error.message).toBe(
      "(#10) Application does not have permission for this action",
    );
    expect((await inject({ code: 7777 })).body.error.message).toBe("(#7777) An error occurred");
  });

  it("S12 bodies of other types: GraphMethodException and IGApiException", async () => {
    expect((await inject({ code: 100, subcode: 33 })).body.error.type).toBe("GraphMethodException");
    expect((await inject({ code: 9010 })).body.error.type).toBe("IGApiException");
    expect((await world.graph("GET", `/v26.0/${BLUE}`)).status).toBe(200);
  });
});
