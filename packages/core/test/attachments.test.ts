import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ATTACHMENT_LIMITS,
  type AttachmentCheck,
  type AttachmentFacts,
  attachmentKind,
  checkAttachment,
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
          expect(first.cause === null).toBe(first.verdict === "ok");
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
