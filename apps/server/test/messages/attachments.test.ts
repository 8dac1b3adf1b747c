import { existsSync, readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Attachment, Conversation, Message, UploadVerdict } from "@firstline/contracts";
import { fileTypeFromBuffer } from "file-type";
import sharp from "sharp";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../api/support/until.ts";
import { ANN, BLUE, BLUE_INSTAGRAM, KEVIN, ROSA, startWorld, type World } from "../api/support/world.ts";
import type { Person } from "../harness/index.ts";
import { lockedPdf, pdf } from "./files/documents.ts";
import { located } from "./files/pictures.ts";

let w: World;
let agent: Person;
let thread: Conversation;
let png: Buffer;

beforeAll(async () => {
  w = await startWorld();
  agent = await w.asMember("agent");
  await w.connect("messenger", BLUE, await w.meta.pageToken(KEVIN, BLUE));
  await w.connect("instagram", BLUE_INSTAGRAM, await w.meta.pageToken(KEVIN, BLUE));
  thread = await w.customerWrites(BLUE, ANN, "hello");
  png = await picture().png().toBuffer();
});
afterAll(() => w.close());

/** Noise, so that formats cannot make it small. */
const picture = (width = 60, height = 40) =>
  sharp({
    create: { width, height, channels: 3, background: "#888", noise: { type: "gaussian", mean: 128, sigma: 40 } },
  });

const upload = async (bytes: Buffer, name: string, conversationId = thread.id) => {
  const form = new FormData();
  form.set("conversationId", conversationId);
  form.set("file", new File([new Uint8Array(bytes)], name));
  const answer = await w.inject({
    method: "POST",
    url: "/api/v1/attachments",
    headers: agent.headers,
    payload: form as never,
  });
  w.contract.check("POST", "/api/v1/attachments", {
    status: answer.statusCode,
    headers: answer.headers,
    json: answer.json(),
    text: answer.body,
  });
  return {
    status: answer.statusCode,
    json: answer.json<UploadVerdict & { code: string; cause: string; verdict: string }>(),
  };
};
const content = (url: string, headers: Record<string, string> = {}) =>
  w.inject({ method: "GET", url, headers: { ...agent.headers, ...headers } });
const customerSends = async (attachment: object, customer = ANN) => {
  const { mid } = await w.meta.post<{ mid: string }>(`/pages/${BLUE}/customers/${customer}/messages`, {
    attachments: [attachment],
  });
  return until("the file is stored", async () => {
    const row = await w.deps.db
      .selectFrom("message")
      .select(["id", "conversation_id"])
      .where("external_id", "=", mid)
      .executeTakeFirst();
    const message = row && (await w.message(row.conversation_id, row.id));
    return message?.attachments[0]?.state === "stored" && message;
  });
};
const phonePicture = async (message: Message) => {
  await w.becomes(message, "sent", "delivered", "read");
  const shown = (await w.meta.phone(BLUE, ANN)).messages.find((m) => m.metadata === message.id)!.attachments[0]!;
  return { ...shown, bytes: Buffer.from(await (await fetch(shown.url)).arrayBuffer()) };
};

test("a picture of a customer is copied at once and shown from here, byte for byte, with its measures and harmless headers", async () => {
  const message = await customerSends({ type: "image", base64: png.toString("base64"), name: "garden.png" });
  expect(message).toMatchObject({ kind: "image", direction: "inbound", incomplete: false });
  const [file] = message.attachments as [Attachment];
  expect(file).toMatchObject({ kind: "image", contentType: "image/png", size: png.length, width: 60, height: 40 });
  expect(JSON.stringify(message)).not.toContain(w.sim.url);
  const shown = await content(file.url!);
  expect(shown.rawPayload.equals(png)).toBe(true);
  expect(shown.headers).toMatchObject({
    "content-type": "image/png",
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
  });
  expect(shown.headers["content-disposition"]).toMatch(/^inline;/);
  expect(shown.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(shown.headers["cache-control"]).toContain("private");
  expect((await content(`${file.url}?download=1`)).headers["content-disposition"]).toMatch(/^attachment;/);
});

test("a page or script that a customer sends is never shown inside ours: download only, as plain bytes", async () => {
  for (const [name, text] of [
    ["evil.html", "<html><script>alert(1)</script></html>"],
    ["evil.svg", '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
  ] as const) {
    const message = await customerSends({ type: "file", base64: Buffer.from(text).toString("base64"), name });
    const shown = await content(message.attachments[0]!.url!);
    expect(shown.headers).toMatchObject({
      "content-type": "application/octet-stream",
      "x-content-type-options": "nosniff",
    });
    expect(shown.headers["content-disposition"]).toMatch(/^attachment;/);
  }
});

test("parts of a file can be asked for, as players do; what lies outside is refused with its size", async () => {
  const { url } = (await customerSends({ type: "image", base64: png.toString("base64"), name: "a.png" }))
    .attachments[0]!;
  const bytesOf = (answer: { rawPayload: Buffer }) => answer.rawPayload.toString("base64");
  const b64 = (bytes: Buffer) => bytes.toString("base64");
  const part = async (range: string) => {
    const answer = await content(url!, { range });
    return [answer.statusCode, answer.headers["content-range"], bytesOf(answer)];
  };
  const size = png.length;
  expect(await part("bytes=0-9")).toEqual([206, `bytes 0-9/${size}`, b64(png.subarray(0, 10))]);
  expect(await part(`bytes=${size - 5}-`)).toEqual([
    206,
    `bytes ${size - 5}-${size - 1}/${size}`,
    b64(png.subarray(-5)),
  ]);
  expect(await part(`bytes=10-${size + 100}`)).toEqual([206, `bytes 10-${size - 1}/${size}`, b64(png.subarray(10))]);
  expect(await part("bytes=-7")).toEqual([206, `bytes ${size - 7}-${size - 1}/${size}`, b64(png.subarray(-7))]);
  for (const outside of [`bytes=${size}-`, "bytes=9-8", "bytes=-0"])
    expect((await part(outside)).slice(0, 2)).toEqual([416, `bytes */${size}`]);
  for (const odd of ["lines=1-2", "bytes=-", "bytes=0-1,4-5"]) expect((await part(odd))[0]).toBe(200);
});

test("a file Meta no longer gives is marked as failed and its message stays readable", async () => {
  const { mid } = await w.meta.post<{ mid: string }>(`/pages/${BLUE}/customers/${ANN}/messages`, {
    attachments: [{ type: "image", url: `${w.sim.url}/_cdn/nothing-here.png` }],
  });
  const file = await until("the copy failed", async () => {
    const row = await w.deps.db
      .selectFrom("message")
      .innerJoin("attachment", "attachment.message_id", "message.id")
      .select(["attachment.state", "attachment.id"])
      .where("external_id", "=", mid)
      .executeTakeFirst();
    return row?.state === "failed" && row;
  });
  expect((await content(`/api/v1/attachments/${file.id}/content`)).statusCode).toBe(404);
});

test("a link into a private network is never followed, whatever a webhook says", async () => {
  const { mid } = await w.meta.post<{ mid: string }>(`/pages/${BLUE}/customers/${ANN}/messages`, {
    attachments: [{ type: "image", url: "http://127.0.0.1:1/secret.png" }],
  });
  await until(
    "it is refused",
    async () =>
      (
        await w.deps.db
          .selectFrom("message")
          .innerJoin("attachment", "attachment.message_id", "message.id")
          .select("attachment.state")
          .where("external_id", "=", mid)
          .executeTakeFirst()
      )?.state === "failed",
  );
});

test("a picture of an agent arrives on the phone as the same bytes, under its name", async () => {
  const { status, json } = await upload(png, "garden.png");
  expect([status, json.verdict, json.repairs, json.kind, json.size]).toEqual([201, "ok", [], "image", png.length]);
  const sent = (await w.reply(thread.id, { attachmentIds: [json.id] }, agent.headers)).json;
  expect(sent).toMatchObject({ kind: "image", attachments: [{ id: json.id, name: "garden.png", state: "stored" }] });
  const shown = await phonePicture(sent);
  expect([shown.type, shown.name, shown.contentType]).toEqual(["image", "garden.png", "image/png"]);
  expect(shown.bytes.equals(png)).toBe(true);
});

test("S7 a picture under a wrong ending is repaired by renaming, its bytes untouched, and Meta takes it", async () => {
  const { status, json } = await upload(png, "holiday.jpg");
  expect([status, json.verdict, json.cause, json.name, json.contentType]).toEqual([
    201,
    "repaired",
    "attachment_name_mismatch",
    "holiday.png",
    "image/png",
  ]);
  const shown = await phonePicture((await w.reply(thread.id, { attachmentIds: [json.id] }, agent.headers)).json);
  expect([shown.name, shown.bytes.equals(png)]).toEqual(["holiday.png", true]);
});

test("S7 a WebP, which Meta does not take, becomes a JPEG or, where it is see-through, a PNG", async () => {
  const solid = await upload(await picture().webp().toBuffer(), "solid.webp");
  expect([solid.status, solid.json.verdict, solid.json.name, solid.json.contentType]).toEqual([
    201,
    "repaired",
    "solid.jpg",
    "image/jpeg",
  ]);
  const clear = await upload(
    await sharp({ create: { width: 9, height: 9, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } } })
      .webp()
      .toBuffer(),
    "clear.webp",
  );
  expect([clear.json.name, clear.json.contentType]).toEqual(["clear.png", "image/png"]);
  const shown = await phonePicture((await w.reply(thread.id, { attachmentIds: [solid.json.id] }, agent.headers)).json);
  expect((await fileTypeFromBuffer(shown.bytes))?.mime).toBe("image/jpeg");
});

test("S7 a picture over Instagram's limit is made smaller by itself", async () => {
  const large = await picture(2400, 1800).png({ compressionLevel: 1 }).toBuffer();
  expect(large.length).toBeGreaterThan(8 * 1024 * 1024);
  const rosa = await w.customerWrites(BLUE, ROSA, "hola");
  const { status, json } = await upload(large, "large.png", rosa.id);
  expect([status, json.verdict]).toEqual([201, "repaired"]);
  expect(json.repairs).toContain("shrink");
  expect(json.size).toBeLessThanOrEqual(8 * 1024 * 1024);
  const sent = (await w.reply(rosa.id, { attachmentIds: [json.id] }, agent.headers)).json;
  await w.becomes(sent, "sent", "delivered", "read");
});

test("S7 a damaged picture, an empty file and a missing file are refused at once with their cause, and nothing is kept", async () => {
  const kept = () => w.deps.db.selectFrom("attachment").select("id").orderBy("id").execute();
  const before = await kept();
  const refused = async (bytes: Buffer, name: string) => {
    const { status, json } = await upload(bytes, name);
    return [status, json.verdict, json.cause];
  };
  expect(await refused(png.subarray(0, png.length / 2), "half.png")).toEqual([422, "refused", "attachment_damaged"]);
  expect(await refused(Buffer.from("just text"), "fake.png")).toEqual([422, "refused", "attachment_name_mismatch"]);
  expect(await refused(Buffer.alloc(0), "empty.pdf")).toEqual([422, "refused", "attachment_damaged"]);
  const form = new FormData();
  form.set("conversationId", thread.id);
  const missing = await w.inject({
    method: "POST",
    url: "/api/v1/attachments",
    headers: agent.headers,
    payload: form as never,
  });
  expect([missing.statusCode, missing.json().code]).toEqual([422, "invalid_request"]);
  expect(await kept()).toEqual(before);
});

test("S7 a file larger than anything Meta takes is refused with its cause, not with a broken connection", async () => {
  const { status, json } = await upload(Buffer.alloc(64_000_001, 7), "huge.bin");
  expect([status, json.code, json.verdict, json.class]).toEqual([422, "attachment_too_large", "refused", "too_large"]);
});

test("S7 a file that announces 200 MB is refused before it is sent", async () => {
  const answer = await new Promise<{ status?: number; body: string }>((resolve, reject) => {
    const call = request(
      `${w.deps.config.publicUrl}/api/v1/attachments`,
      {
        method: "POST",
        headers: {
          ...agent.headers,
          "content-type": "multipart/form-data; boundary=x",
          "content-length": 200_000_000,
        },
      },
      (response) => {
        let body = "";
        response.on("data", (part) => {
          body += part;
        });
        response.on("end", () => {
          resolve({ status: response.statusCode, body });
          call.destroy();
        });
      },
    );
    call.on("error", reject);
    call.write("--x\r\n");
  });
  expect([answer.status, JSON.parse(answer.body).cause]).toEqual([422, "attachment_too_large"]);
});

test("S7 of an upload that is cancelled nothing stays", async () => {
  const words = "of an upload that is cancelled ";
  // Other uploads of this machine lie beside it.
  const own = () =>
    readdirSync(tmpdir())
      .filter((name) => name.startsWith("firstline-upload-"))
      .map((name) => join(tmpdir(), name, "in"))
      .find((path) => {
        try {
          return readFileSync(path, "latin1").startsWith(words);
        } catch {
          return false;
        }
      });
  const call = request(`${w.deps.config.publicUrl}/api/v1/attachments`, {
    method: "POST",
    headers: { ...agent.headers, "content-type": "multipart/form-data; boundary=x", "content-length": 5_000_000 },
  });
  call.on("error", () => {});
  call.write('--x\r\ncontent-disposition: form-data; name="file"; filename="a.bin"\r\n\r\n');
  call.write(words.repeat(4_000));
  const path = await until("it has begun", async () => own());
  call.destroy();
  await until("its folder is gone", async () => !existsSync(dirname(path)));
});

test("S7 a refusal names its cause, its class and the way out, in the reader's language", async () => {
  const form = new FormData();
  form.set("conversationId", thread.id);
  form.set("file", new File(["<html><script>1</script></html>"], "logo.png"));
  const answer = await w.inject({
    method: "POST",
    url: "/api/v1/attachments",
    headers: { ...agent.headers, "accept-language": "zh-TW" },
    payload: form as never,
  });
  expect([answer.statusCode, answer.json()]).toEqual([
    422,
    expect.objectContaining({
      ...{ code: "attachment_name_mismatch", cause: "attachment_name_mismatch" },
      ...{ verdict: "refused", class: "mismatch", title: "副檔名與檔案內容不符" },
    }),
  ]);
});

test("S7 a PDF with a password is sent as it is, and the sender is told", async () => {
  const { status, json } = await upload(lockedPdf("secret"), "payslip.pdf");
  expect([status, json.verdict, json.cause, json.class, json.notes]).toEqual([
    ...[201, "ok", null, null],
    ["password_protected"],
  ]);
});

test("S7 the place a picture was taken at never leaves this server", async () => {
  const { json } = await upload(await located(), "home.jpg");
  expect([json.verdict, json.repairs]).toEqual(["repaired", ["strip_metadata"]]);
  const shown = await phonePicture((await w.reply(thread.id, { attachmentIds: [json.id] }, agent.headers)).json);
  expect((await sharp(shown.bytes).metadata()).exif).toBeUndefined();
});

test("a file's name cannot leave its header, whatever it holds", async () => {
  const { json } = await upload(pdf(), 'a"; filename=b.html\r\nx: 1 報告.pdf');
  const shown = await content(json.url);
  expect(shown.statusCode).toBe(200);
  expect(shown.headers.x).toBeUndefined();
  expect(shown.headers["content-disposition"]).toMatch(/^attachment; filename\*=UTF-8''[\w%.~*'()!-]+$/);
});
