import { expect, test } from "vitest";
import { withoutPerson } from "../../src/modules/privacy/redact-body.ts";

const ANN = "7400000000000001";
const redact = (body: string) => withoutPerson(Buffer.from(body), [ANN, "ref-1"])?.toString() ?? null;
const page = (...members: string[]) => `{"object":"page","entry":[${members.join(",")}]}`;

test("what names the person goes, event by event, and everything else stays with every digit", () => {
  const other = `{"sender":{"id":"8"},"message":{"mid":"m","text":"hi","app_id":17841400000009001234}}`;
  const theirs = `{"sender":{"id":"${ANN}"},"message":{"mid":"n","text":"secret"}}`;
  const kept = other.replace("17841400000009001234", `"17841400000009001234"`);
  const inEntry = (list: string) => `{"id":"1","time":2,"messaging":[${list}]}`;
  expect(redact(page(inEntry(`${other},${theirs}`)))).toBe(page(inEntry(kept)));
  expect(redact(page(inEntry(theirs), inEntry(other)))).toBe(page(inEntry(kept)));
  expect(redact(page(`{"id":"1","time":2,"standby":[${theirs}],"messaging":[${other}]}`))).toBe(page(inEntry(kept)));
});

test.each([
  ["a message alone", page(`{"id":"1","messaging":[{"sender":{"id":"${ANN}"}}]}`)],
  ["an id that is a number", page(`{"id":"1","messaging":[{"sender":{"id":${ANN}}}]}`)],
  ["a comment", page(`{"id":"1","changes":[{"field":"feed","value":{"from":{"id":"${ANN}"}}}]}`)],
  ["a field of the entry itself", page(`{"id":"1","time":2,"field":"comments","value":{"from":{"id":"${ANN}"}}}`)],
  ["a reference of the checkbox plugin", page(`{"id":"1","messaging":[{"optin":{"user_ref":"ref-1"}}]}`)],
  [
    "the id outside of any event",
    `{"object":"page","about":"${ANN}","entry":[{"id":"1","messaging":[{"sender":{"id":"8"}}]}]}`,
  ],
  ["what is no JSON", `{"sender": ${ANN}`],
])("%s leaves nothing", (_what, body) => {
  expect(redact(body)).toBeNull();
});

test("a body in which the id is only a part of a longer one is the same bytes", () => {
  const body = Buffer.from(page(`{"id":"1","messaging":[{"sender":{"id":"9${ANN}"},"message":{"mid":"my-ref-1-x"}}]}`));
  expect(withoutPerson(body, [ANN, "ref-1"])).toBe(body);
});
