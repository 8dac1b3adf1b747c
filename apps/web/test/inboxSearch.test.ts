import { expect, test } from "vitest";
import { filtersOf, validateInboxSearch } from "../src/lib/inboxSearch.ts";

test("what an address does not name is left out, and what nobody knows is dropped", () => {
  expect(validateInboxSearch({ tab: "mine", sort: "loudest", channel: "", pane: "contact", x: 1 })).toEqual({
    tab: "mine",
    pane: "contact",
  });
});

test("a search that looks like a number stays a text", () => {
  expect(validateInboxSearch({ q: 566701 })).toEqual({ q: "566701" });
});

test("the list shows open conversations, a search every one", () => {
  expect(filtersOf({ tab: "mine" })).toEqual({ sort: "newest", status: "open", assignee: "me" });
  expect(filtersOf({ q: " jacket " })).toEqual({ sort: "newest", q: "jacket" });
});

test("ending soon puts the least time first", () => {
  expect(filtersOf({ tab: "endingSoon" })).toMatchObject({ sort: "window", endingSoon: true });
});
