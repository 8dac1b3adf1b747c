import { expect, test } from "vitest";
import { ConfigError, readConfig } from "./config.ts";

const base = { ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"), META_VERIFY_TOKEN: "verify-12345678" };
const problemsOf = (env: Record<string, string>): string[] => {
  try {
    readConfig({ ...base, ...env });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
};

test.each([
  ["neither", {}, ""],
  ["empty as in a copied example", { SMTP_URL: "", MAIL_FROM: "" }, ""],
  ["both", { SMTP_URL: "smtps://u:p@mail.example.test:465", MAIL_FROM: "Desk <desk@example.test>" }, ""],
  ["no sender", { SMTP_URL: "smtp://mail.example.test" }, "belong together"],
  ["no server", { MAIL_FROM: "desk@example.test" }, "belong together"],
  [
    "another protocol",
    { SMTP_URL: "https://mail.example.test", MAIL_FROM: "desk@example.test" },
    "must look like smtp://",
  ],
  ["no address", { SMTP_URL: "smtp://mail.example.test", MAIL_FROM: "Desk" }, "must be an e-mail address"],
  ["origins", { ALERT_WEBHOOK_ORIGINS: "http://n8n.internal:5678, https://10.0.0.4" }, ""],
  ["a path in an origin", { ALERT_WEBHOOK_ORIGINS: "http://n8n.internal:5678/hook" }, "must be origins"],
] as const)("what alerts need of the environment: %s", (_name, env, problem) => {
  const problems = problemsOf(env);
  if (problem === "") expect(problems).toEqual([]);
  else expect(problems).toEqual([expect.stringContaining(problem)]);
});

test("the mail server's address, which has a password in it, cannot be printed", () => {
  const { mail } = readConfig({ ...base, SMTP_URL: "smtp://u:s3cret@mail.example.test", MAIL_FROM: "d@example.test" });
  expect(JSON.stringify(mail)).not.toContain("s3cret");
  expect(`${mail?.url}`).toBe("[secret]");
});

test("the configuration of Facebook Login for Business is digits or nothing", () => {
  const of = (env: Record<string, string>) => readConfig({ ...base, ...env }).meta.loginConfigId;
  expect(of({})).toBeNull();
  expect(of({ META_LOGIN_CONFIG_ID: "1519" })).toBe("1519");
  expect(problemsOf({ META_LOGIN_CONFIG_ID: "my login" })).toEqual(["META_LOGIN_CONFIG_ID must be digits"]);
});
