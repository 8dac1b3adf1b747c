import { createServer, type Server } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { png } from "../src/store/png.ts";
import { outcome, sendFile } from "./support/sending.ts";
import { ANN, BLUE, World } from "./support/world.ts";

const ROSA = "6400000000000001";
const MB = 1024 * 1024;
const PNG = png(8, 8, () => [200, 40, 40]);
const PDF = Buffer.from("%PDF-1.4\n%%EOF\n");
const JPEG = Buffer.from(
  "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRofHh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==",
  "base64",
); // prettier-ignore
const GIF = Buffer.from("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=", "base64");
const WEBP = Buffer.from("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA", "base64");
const WAV = Buffer.from("UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=", "base64");
const box = (type: string, content = Buffer.alloc(0)) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + content.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, content]);
};
const FTYP = box("ftyp", Buffer.from("isom\0\0\0\0isommp42", "latin1"));
const MP4 = Buffer.concat([FTYP, box("moov"), box("mdat", Buffer.alloc(64))]);
const EXE = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(200)]);

let world: World;
beforeEach(async () => {
  world = await new World().start();
  await world.write("hi");
  await world.write("hi", ROSA);
});
afterEach(async () => {
  await world.stop();
});

describe("files of a multipart body (facts §4)", () => {
  it.each([
    ["image", "a.png", "image/png", PNG, "sent", "sent"],
    ["image", "a.jpg", "image/jpeg", JPEG, "sent", "sent"],
    ["image", "a.gif", "image/gif", GIF, "sent", "sent"],
    ["image", "a.webp", "image/webp", WEBP, "100/2018047", "100/2018047"],
    ["image", "cut.png", "image/png", PNG.subarray(0, -20), "100/2018047", "100/2018047"],
    ["image", "cut.jpg", "image/jpeg", JPEG.subarray(0, -8), "100/2018047", "100/2018047"],
    ["image", "cut.gif", "image/gif", GIF.subarray(0, -1), "100/2018047", "100/2018047"],
    ["image", "flipped.png", "image/png", Buffer.from(PNG).fill(7, 50, 52), "100/2018047", "100/2018047"],
    ["image", "page.png", "image/png", Buffer.from("<html></html>"), "100/2018047", "100/2018047"],
    ["image", "png.jpg", "image/jpeg", PNG, "100/2018047", "100/2018047"],
    ["image", "empty.png", "image/png", Buffer.alloc(0), "100/2018047", "100/2018047"],
    ["image", "8mb.png", "image/png", Buffer.concat([PNG, Buffer.alloc(8 * MB)]), "sent", "100/2018109"],
    ["image", "26mb.png", "image/png", Buffer.concat([PNG, Buffer.alloc(26 * MB)]), "100/2018109", "100/2018109"],
    ["audio", "a.wav", "audio/wav", WAV, "sent", "sent"],
    ["video", "a.mp4", "video/mp4", MP4, "sent", "sent"],
    ["video", "cut.mp4", "video/mp4", MP4.subarray(0, -10), "100/2018294", "100/2018294"],
    ["video", "noindex.mp4", "video/mp4", FTYP, "100/2018294", "100/2018294"],
    ["file", "a.pdf", "application/pdf", PDF, "sent", "sent"],
    ["file", "a.csv", "text/csv", Buffer.from("a,b\n"), "sent", "100/2018047"],
    ["file", "a.exe", "application/octet-stream", EXE, "546", "546"],
  ])("S7 %s %s as %s", async (type, name, mime, bytes, messenger, instagram) => {
    const file = { bytes, name, mime };
    expect(outcome(await sendFile(world, type, file, { recipient: ANN }))).toBe(messenger);
    expect(outcome(await sendFile(world, type, file, { recipient: ROSA }))).toBe(instagram);
  });

  it("S7 the 25 MB are those of the encoded request", async () => {
    const bytes = Buffer.alloc(25 * MB - 100, 65);
    const big = await sendFile(world, "file", { bytes, name: "big.txt", mime: "text/plain" }, { recipient: ANN });
    expect(outcome(big)).toBe("100/2018109");
  });
});

describe("files uploaded for reuse", () => {
  const upload = async (type: string, file: { bytes: Buffer; name: string; mime: string }, extra = {}) =>
    (await sendFile(world, type, file, { path: `/v26.0/${BLUE}/message_attachments`, extra })).body.attachment_id;
  const attachment = (id: string, type = "image") => ({ attachment: { type, payload: { attachment_id: id } } });

  it("S7 live for 90 days", async () => {
    const id = await upload("image", { bytes: PNG, name: "a.png", mime: "image/png" });
    const age = (days: number) => world.control("POST", `/_sim/pages/${BLUE}/uploads/${id}/age`, { days });
    await age(89);
    expect(outcome(await world.send(attachment(id)))).toBe("sent");
    await age(91);
    expect(outcome(await world.send(attachment(id)))).toBe("100/2018074");
    const { body } = await world.control("GET", `/_sim/pages/${BLUE}/uploads`);
    expect(body.data).toMatchObject([{ id, type: "image", platform: "messenger" }]);
  });

  it("S7 I1 are judged again on the other platform, whose list is another", async () => {
    const image = await upload("image", { bytes: PNG, name: "a.png", mime: "image/png" });
    expect(outcome(await world.send(attachment(image), {}, ROSA))).toBe("sent");
    const csv = await upload("file", { bytes: Buffer.from("a,b\n"), name: "a.csv", mime: "text/csv" });
    expect(outcome(await world.send(attachment(csv, "file")))).toBe("sent");
    expect(outcome(await world.send(attachment(csv, "file"), {}, ROSA))).toBe("100/2018047");
  });

  it("S7 I1 several images go in one message: 30 on Messenger, 10 on Instagram where it is enabled", async () => {
    const id = await upload("image", { bytes: PNG, name: "a.png", mime: "image/png" });
    const images = (count: number) => ({ attachments: Array(count).fill(attachment(id).attachment) });
    expect(outcome(await world.send(images(30)))).toBe("sent");
    expect((await world.thread()).messages.at(-1).attachments).toHaveLength(30);
    expect(outcome(await world.send(images(31)))).toBe("100");
    expect(outcome(await world.send(images(10), {}, ROSA))).toBe("sent");
    expect(outcome(await world.send(images(11), {}, ROSA))).toBe("100");
    await world.control("POST", `/_sim/pages/${BLUE}/several-images`, { allowed: false });
    expect(outcome(await world.send(images(2), {}, ROSA))).toBe("100/2534068");
    expect(outcome(await world.send(images(1), {}, ROSA))).toBe("sent");
    const bytes = { attachments: [{ type: "image", payload: {} }, attachment(id).attachment] };
    expect(outcome(await world.send(bytes))).toBe("100");
  });
});

describe("files fetched by their address", () => {
  let host: Server;
  let base = "";
  beforeAll(async () => {
    host = createServer((request, response) => {
      const path = request.url ?? "";
      if (path === "/never.png") return;
      if (path === "/moved.png") {
        response.writeHead(302, { location: "/a.png" }).end();
        return;
      }
      if (path === "/stalls.png" || path === "/stalls.mp4") {
        response.writeHead(200, { "content-type": path.endsWith("png") ? "image/png" : "video/mp4" });
        response.write(PNG.subarray(0, 20));
        return;
      }
      if (path === "/page.png") {
        response.writeHead(200, { "content-type": "text/html" }).end("<html></html>");
        return;
      }
      if (path === "/untyped.png") {
        response.writeHead(200).end(PNG);
        return;
      }
      if (path === "/9mb.png") {
        response.writeHead(200, { "content-type": "image/png" }).end(Buffer.concat([PNG, Buffer.alloc(9 * MB)]));
        return;
      }
      response.writeHead(path === "/a.png" ? 200 : 404, { "content-type": "image/png" }).end(PNG);
    });
    await new Promise<void>((resolve) => host.listen(0, "127.0.0.1", resolve));
    const address = host.address();
    base = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  });
  afterAll(() => {
    host.closeAllConnections();
    host.close();
  });

  it.each([
    ["image", "/a.png", "sent"],
    ["image", "/moved.png", "sent"],
    ["image", "/gone.png", "100/2018008"],
    ["image", "/never.png", "100/2018008"],
    ["image", "/stalls.png", "-2"],
    ["video", "/stalls.mp4", "100/2018294"],
    ["image", "/page.png", "546"],
    ["image", "/untyped.png", "100/2018047"],
    ["image", "/9mb.png", "100/2018109"],
    ["audio", "/a.png", "100/2018047"],
  ])("S7 %s %s gives %s", async (type, path, expected) => {
    await world.faults({ fetchTimeoutMs: path.includes("never") || path.includes("stalls") ? 2000 : 20_000 });
    expect(outcome(await world.send({ attachment: { type, payload: { url: `${base}${path}` } } }))).toBe(expected);
  });

  it("S7 addresses that are none, or lead nowhere", async () => {
    for (const url of ["nonsense", "ftp://example.com/a.png", "http://127.0.0.1:1/a.png"])
      expect(outcome(await world.send({ attachment: { type: "image", payload: { url } } }))).toBe("100/2018008");
  });
});

describe("rich templates", () => {
  it.each([
    ["button", { text: "x".repeat(640), buttons: [{}] }, "sent"],
    ["button", { text: "x".repeat(641), buttons: [{}] }, "100"],
    ["button", { text: "x", buttons: [] }, "100"],
    ["button", { text: "x", buttons: [{}, {}, {}, {}] }, "100"],
    ["generic", { elements: Array(10).fill({ title: "x" }) }, "sent"],
    ["generic", { elements: Array(11).fill({ title: "x" }) }, "100"],
    ["generic", { elements: [{ title: "x", buttons: [{}, {}, {}, {}] }] }, "100"],
  ])("S7 %s %#: limits", async (template_type, payload, expected) => {
    const attachment = { type: "template", payload: { template_type, ...payload } };
    expect(outcome(await world.send({ attachment }))).toBe(expected);
  });
});
