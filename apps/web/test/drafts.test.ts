import { expect, test } from "vitest";
import { readDraftFiles, writeDraftFiles } from "../src/features/composer/drafts.ts";
import { write } from "../src/lib/storage.ts";
import { HOUR, T0 } from "./factories.ts";

const file = (id: string, at: number) => ({
  at,
  verdict: {
    ...{ id, verdict: "ok" as const, cause: null, class: null, repairs: [], notes: [], kind: "image" as const },
    ...{ name: "tea.png", contentType: "image/png", size: 9, url: `/api/v1/attachments/${id}/content` },
  },
});

test("files that wait to be sent come back after a reload, but not those the server is about to forget", () => {
  writeDraftFiles("one", [file("a", T0 - 23 * HOUR), file("b", T0 - HOUR)]);
  expect(readDraftFiles("one", T0).map(({ verdict }) => verdict.id)).toEqual(["b"]);
  expect(readDraftFiles("another", T0)).toEqual([]);
  writeDraftFiles("one", []);
  expect(readDraftFiles("one", T0)).toEqual([]);
});

test("a draft of files that cannot be read counts as none", () => {
  for (const broken of ["{", "7", '[{"at":1}]']) {
    write("draft.files.one", broken);
    expect(readDraftFiles("one", 2)).toEqual([]);
  }
});
