import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ATTACHMENT_LIMITS,
  type AttachmentCheck,
  type AttachmentFacts,
  attachmentClass,
  attachmentKind,
  checkAttachment,
  groupFiles,
  isActiveSvg,
  textType,
} from "../src/index.ts";

const MB = 1024 * 1024;
const photo: AttachmentFacts = {
  platform: "messenger",
  declaredName: "photo.jpg",
  contentType: "image/jpeg",
  size: MB,
  decodable: true,
};

const table: [name: string, facts: Partial<AttachmentFacts>, expected: Partial<AttachmentCheck>][] = [
  ["a good photo", {}, { verdict: "ok", cause: null, kind: "image", repairs: [], name: "photo.jpg" }],
  ["S7 .jpeg is JPEG too", { declaredName: "photo.JPEG" }, { verdict: "ok" }],
  ["S7 empty file", { size: 0 }, { verdict: "refused", cause: "attachment_damaged" }],
  ["S7 cannot be decoded", { decodable: false }, { verdict: "refused", cause: "attachment_damaged" }],
  [
    "S7 a picture by name without any known content",
    { contentType: null, decodable: null },
    { verdict: "refused", cause: "attachment_damaged" },
  ],
  [
    "S7 PNG named .jpg is renamed",
    { contentType: "image/png" },
    { verdict: "repairable", cause: "attachment_name_mismatch", repairs: ["rename"], name: "photo.png", kind: "image" },
  ],
  [
    "S7 a name without ending gets one",
    { declaredName: "photo" },
    { verdict: "repairable", repairs: ["rename"], name: "photo.jpg" },
  ],
  [
    "S7 HEIC is converted",
    { declaredName: "IMG_1.HEIC", contentType: "image/heic" },
    { verdict: "repairable", cause: "attachment_unsupported", repairs: ["convert"], kind: "image" },
  ],
  [
    "S7 WebP named .jpg is converted, not merely renamed",
    { contentType: "image/webp" },
    { verdict: "repairable", repairs: ["convert"] },
  ],
  [
    "S7 a huge photo is shrunk",
    { size: 26 * MB },
    { verdict: "repairable", cause: "attachment_too_large", repairs: ["shrink"] },
  ],
  [
    "I1 9 MB is too large a picture on Instagram",
    { platform: "instagram", size: 9 * MB },
    { verdict: "repairable", cause: "attachment_too_large" },
  ],
  [
    "S7 two repairs at once",
    { contentType: "image/png", size: 26 * MB },
    { repairs: ["rename", "shrink"], cause: "attachment_name_mismatch" },
  ],
  [
    "S7 a huge GIF is not shrunk",
    { declaredName: "a.gif", contentType: "image/gif", size: 26 * MB },
    { verdict: "refused", cause: "attachment_too_large" },
  ],
  [
    "S7 a huge video is refused",
    { declaredName: "a.mp4", contentType: "video/mp4", size: 30 * MB },
    { verdict: "refused", cause: "attachment_too_large", kind: "video" },
  ],
  [
    "a Word document on Messenger",
    { declaredName: "a.docx", contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document" },
    { verdict: "ok", kind: "file" },
  ],
  [
    "I1 a Word document on Instagram",
    {
      platform: "instagram",
      declaredName: "a.docx",
      contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    },
    { verdict: "refused", cause: "attachment_unsupported" },
  ],
  [
    "I1 PDF on Instagram",
    { platform: "instagram", declaredName: "a.pdf", contentType: "application/pdf" },
    { verdict: "ok", kind: "file" },
  ],
  [
    "I1 MP3 on Instagram",
    { platform: "instagram", declaredName: "a.mp3", contentType: "audio/mpeg" },
    { verdict: "refused", cause: "attachment_unsupported" },
  ],
  [
    "a text file has no signature and is fine on Messenger",
    { declaredName: "list.csv", contentType: null, decodable: null },
    { verdict: "ok", kind: "file", name: "list.csv" },
  ],
  [
    "I1 a text file on Instagram",
    { platform: "instagram", declaredName: "list.csv", contentType: null },
    { verdict: "refused", cause: "attachment_unsupported" },
  ],
  [
    "parameters of a type do not matter",
    { declaredName: "v.ogg", contentType: "Audio/OGG; codecs=opus" },
    { verdict: "ok", kind: "audio" },
  ],
  [
    "S7 a program under the name of a picture belies it",
    { contentType: "application/x-msdownload" },
    { verdict: "refused", cause: "attachment_name_mismatch" },
  ],
  [
    "S7 a program is banned",
    { declaredName: "setup", contentType: "application/x-msdownload" },
    { verdict: "refused", cause: "attachment_banned" },
  ],
  [
    "S7 the last ending decides, whatever the content",
    { declaredName: "invoice.pdf.exe", contentType: "application/pdf" },
    { verdict: "refused", cause: "attachment_banned" },
  ],
  [
    "S7 an ending behind trailing dots and blanks is still that ending",
    { declaredName: "run.bat. ", contentType: "text/plain" },
    { verdict: "refused", cause: "attachment_banned" },
  ],
  [
    "S7 marks that turn the writing around hide nothing",
    { declaredName: "photo\u202Egpj.exe", contentType: "image/jpeg" },
    { verdict: "refused", cause: "attachment_banned" },
  ],
  [
    "S7 they are taken out of a harmless name",
    { declaredName: "holi\u202Eday.jpg" },
    { verdict: "repairable", cause: null, repairs: ["clean_name"], name: "holiday.jpg" },
  ],
  [
    "S7 a drawing that holds a script is banned",
    { declaredName: "a.svg", contentType: "image/svg+xml", active: true },
    { verdict: "refused", cause: "attachment_banned" },
  ],
  [
    "S7 an archive named .jpg is not what its sender means to send",
    { contentType: "application/zip" },
    { verdict: "refused", cause: "attachment_name_mismatch" },
  ],
  [
    "S7 a text named .png belies its content",
    { declaredName: "a.png", contentType: "text/plain" },
    { verdict: "refused", cause: "attachment_name_mismatch" },
  ],
  [
    "S7 a PDF named .jpg is renamed and goes as a file",
    { contentType: "application/pdf" },
    { verdict: "repairable", kind: "file", name: "photo.pdf", repairs: ["rename"] },
  ],
  [
    "S7 sound that phones do not play goes as a file on Messenger",
    { declaredName: "call.amr", contentType: "audio/amr" },
    { verdict: "ok", kind: "file" },
  ],
];

describe("checkAttachment", () => {
  it.each(table)("%s", (_name, facts, expected) => {
    expect(checkAttachment({ ...photo, ...facts })).toMatchObject(expected);
  });

  it("S7 a renamed file is ok the second time, and every refusal names its cause", () => {
    const type = fc.constantFrom(
      "image/jpeg",
      "image/png",
      "image/gif",
      "video/mp4",
      "audio/mpeg",
      "audio/ogg",
      "application/pdf",
      "application/x-thing",
      null,
    );
    fc.assert(
      fc.property(
        fc.string({ maxLength: 40 }),
        type,
        fc.constantFrom("messenger" as const, "instagram" as const),
        (declaredName, contentType, platform) => {
          const facts: AttachmentFacts = { platform, declaredName, contentType, size: 1000 };
          const first = checkAttachment(facts);
          const onlyName = first.repairs.every((repair) => repair === "clean_name");
          expect(first.cause === null).toBe(first.verdict !== "refused" && onlyName);
          expect(first.repairs.length > 0).toBe(first.verdict === "repairable");
          if (first.verdict === "repairable")
            expect(checkAttachment({ ...facts, declaredName: first.name }).verdict).toBe("ok");
        },
      ),
    );
  });

  it("limits leave room for the envelope under Meta's 25 MB and 8 MB", () => {
    expect(ATTACHMENT_LIMITS.messenger.video.maxBytes).toBeLessThan(25 * MB);
    expect(ATTACHMENT_LIMITS.instagram.image.maxBytes).toBeLessThan(8 * MB);
  });

  it("Messenger takes what it cannot show as a file; Instagram does not", () => {
    expect(attachmentKind("messenger", "image/svg+xml")).toBe("file");
    expect(attachmentKind("instagram", "image/svg+xml")).toBeNull();
    expect(attachmentKind("messenger", "audio/mpeg")).toBe("audio");
    expect(attachmentKind("instagram", "video/quicktime")).toBe("video");
  });
});

describe("textType", () => {
  it.each([
    ["<svg xmlns='x'/>", "image/svg+xml"],
    ['<?xml version="1.0"?>\n<!-- drawn by hand -->\n<svg>', "image/svg+xml"],
    ["\uFEFF  <!DOCTYPE html><p>", "text/html"],
    ["<SCRIPT>alert(1)</SCRIPT>", "text/html"],
    ["#!/bin/sh\nrm -rf /", "text/x-script"],
    ["name;price\r\n茶;120", "text/plain"],
    ["a < b and <b>c</b>", "text/plain"],
    ["\u0000\u0001binary", null],
    ["not UTF-8: \uFFFD", null],
  ])("S7 %j is %s", (text, type) => expect(textType(text)).toBe(type));

  it("S7 whatever can run in a drawing makes it active", () => {
    for (const bad of [
      "<script>1</script>",
      "<g onload = 'x()'/>",
      "<a href='javascript:x'/>",
      "<foreignObject/>",
      "<!ENTITY a 'b'>",
    ])
      expect(isActiveSvg(`<svg>${bad}</svg>`), bad).toBe(true);
    expect(isActiveSvg("<svg><path d='M0 0'/></svg>")).toBe(false);
  });
});

it("S7 every cause a check gives belongs to one of the classes the help names, or to size", () => {
  expect(attachmentClass("attachment_damaged")).toBe("damaged");
  expect(attachmentClass("attachment_banned")).toBe("unsupported");
  expect(attachmentClass("attachment_name_mismatch")).toBe("mismatch");
  expect(attachmentClass("attachment_too_many_pixels")).toBe("too_large");
  expect(attachmentClass("window_closed")).toBeNull();
  expect(attachmentClass(null)).toBeNull();
});

describe("groupFiles", () => {
  const of = (...kinds: string[]) => kinds.map((kind, n) => ({ kind, n }));
  const sizes = (groups: unknown[][]) => groups.map((group) => group.length);
  const images = (n: number) => of(...Array<string>(n).fill("image"));

  it("S7 neighbouring images are one message, everything else is one of its own, and the order stays", () => {
    const files = of("image", "image", "file", "image", "audio", "audio", "image", "image");
    const groups = groupFiles("messenger", files);
    expect(sizes(groups)).toEqual([2, 1, 1, 1, 1, 2]);
    expect(groups.flat()).toEqual(files);
  });

  it("S7 I1 no message has more images than the platform takes", () => {
    expect(sizes(groupFiles("messenger", images(61)))).toEqual([30, 30, 1]);
    expect(sizes(groupFiles("instagram", images(21)))).toEqual([10, 10, 1]);
  });

  it("I1 where Meta has not opened several images, each is a message", () => {
    expect(sizes(groupFiles("instagram", images(3), { together: false }))).toEqual([1, 1, 1]);
  });
});
