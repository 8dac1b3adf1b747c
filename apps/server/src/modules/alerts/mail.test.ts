import { expect, test } from "vitest";
import { mailOutcome } from "./mail.ts";

const URL = "smtp://desk:s3cret@mail.example.test";

test.each([
  [
    "wrong password",
    { code: "EAUTH", responseCode: 535, response: "535 5.7.8 bad credentials" },
    "again",
    "mail_sign_in",
  ],
  ["unknown recipient", { code: "EENVELOPE", command: "RCPT TO", responseCode: 550 }, "failed", "mail_recipient"],
  ["full mailbox", { code: "EENVELOPE", command: "RCPT TO", responseCode: 452 }, "again", "busy"],
  ["sender not allowed", { code: "EENVELOPE", command: "MAIL FROM", responseCode: 553 }, "again", "mail_sender"],
  ["sender deferred", { code: "EENVELOPE", command: "MAIL FROM", responseCode: 451 }, "again", "busy"],
  ["content refused", { code: "EMESSAGE", command: "DATA", responseCode: 554 }, "again", "refused"],
  ["content deferred", { code: "EMESSAGE", command: "DATA", responseCode: 421 }, "again", "busy"],
  ["nobody answers", { code: "ETIMEDOUT", message: "Connection timeout" }, "again", "timeout"],
  ["no such host", { code: "EDNS", message: "getaddrinfo ENOTFOUND" }, "again", "address_unknown"],
  ["nobody listens", { code: "ESOCKET", message: "connect ECONNREFUSED" }, "again", "unreachable"],
] as const)("a mail server's answer: %s", (_name, fault, state, error) => {
  expect(mailOutcome(fault, URL)).toMatchObject({ state, error });
});

test("what a mail server says is kept without the password it was given", () => {
  const outcome = mailOutcome({ responseCode: 535, code: "EAUTH", response: "535 user desk password s3cret" }, URL);
  expect(outcome).toMatchObject({ status: 535, detail: "535 user desk password [removed]" });
});
