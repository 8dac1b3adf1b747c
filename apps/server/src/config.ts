import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { Secret } from "./platform/secrets/index.ts";

/** The only reader of the environment. Everything else is handed a {@link Config}. */

const blank = (v: unknown) => (v === "" ? undefined : v);
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(blank, schema.optional());
const url = z
  .url({ protocol: /^https?$/, message: "must be an http(s) address" })
  .transform((v) => v.replace(/\/+$/, ""));
const flag = z.enum(["true", "false", "1", "0"], "must be true or false").transform((v) => v === "true" || v === "1");
const key = z
  .string()
  .refine(
    (v) => Buffer.from(v, "base64").length === 32,
    "must be 32 bytes in base64 (make one with: openssl rand -base64 32)",
  );
/** Scheme, host and port, as a browser would write them. */
const isOrigin = (text: string) => URL.canParse(text) && new URL(text).origin === text;

const Environment = z.object({
  PORT: z.preprocess(blank, z.coerce.number("must be a port number").int().min(0).max(65535).default(3000)),
  HOST: z.preprocess(blank, z.string().default("127.0.0.1")),
  PUBLIC_URL: optional(url),
  DATABASE_URL: optional(z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres:// or postgresql://")),
  DATA_DIR: z.preprocess(blank, z.string().default(".data")),
  ENCRYPTION_KEY: optional(key),
  ENCRYPTION_KEY_PREVIOUS: optional(key),
  META_GRAPH_URL: z.preprocess(blank, url.default("https://graph.facebook.com")),
  META_DIALOG_URL: z.preprocess(blank, url.default("https://www.facebook.com")),
  META_GRAPH_VERSION: z.preprocess(
    blank,
    z
      .string()
      .regex(/^v\d+\.\d$/, "must look like v26.0")
      .default("v26.0"),
  ),
  META_APP_ID: optional(z.string().regex(/^\d+$/, "must be digits")),
  META_APP_SECRET: optional(z.string().min(8, "is too short to be an app secret")),
  META_VERIFY_TOKEN: optional(z.string().min(8, "must have at least 8 characters")),
  META_HUMAN_AGENT_APPROVED: z.preprocess(blank, flag.default(false)),
  META_AD_WINDOW_7_DAYS: z.preprocess(blank, flag.default(false)),
  META_SENDS_PER_SECOND: z.preprocess(blank, z.coerce.number("must be a number").min(0.1).max(40).default(10)),
  META_FILES_PER_SECOND: z.preprocess(blank, z.coerce.number("must be a number").min(0.1).max(10).default(2)),
  OUTCOME_LOOKS_SECONDS: z.preprocess(
    blank,
    z
      .string()
      .regex(/^\d{1,4}(,\d{1,4}){0,4}$/, "must be seconds, rising, like 60,300")
      .default("60,300")
      .transform((v) => v.split(",").map((seconds) => Number(seconds) * 1000)),
  ),
  META_LOGIN_CONFIG_ID: optional(z.string().regex(/^\d+$/, "must be digits")),
  BOOTSTRAP_API_KEY: optional(z.string().min(16, "must have at least 16 characters")),
  BOOTSTRAP_WORKSPACE: z.preprocess(blank, z.string().default("Default")),
  SMTP_URL: optional(
    z.string().regex(/^smtps?:\/\/\S+$/, "must look like smtp://user:password@host:587 or smtps://…:465"),
  ),
  MAIL_FROM: optional(z.string().regex(/\S+@\S+/, "must be an e-mail address, or a name and <an e-mail address>")),
  ALERT_WEBHOOK_ORIGINS: z.preprocess(
    blank,
    z
      .string()
      .default("")
      .transform((v) => v.split(",").map((each) => each.trim()))
      .transform((all) => all.filter((each) => each !== ""))
      .refine((all) => all.every(isOrigin), "must be origins like http://n8n.internal:5678, with commas between them"),
  ),
  LOG_LEVEL: z.preprocess(blank, z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info")),
  DELIVERY_RETENTION_DAYS: z.preprocess(blank, z.coerce.number().int().min(1).max(3650).default(30)),
});

export interface Config {
  port: number;
  host: string;
  publicUrl: string;
  databaseUrl: string | null;
  dataDir: string;
  /** 32 bytes: encrypts tokens at rest and, through derivation, signs sessions. */
  encryptionKey: Buffer;
  /** Opens what was sealed with it; nothing new is. Set while keys are changed. */
  encryptionKeyPrevious: Buffer | null;
  meta: {
    graphUrl: string;
    dialogUrl: string;
    version: string;
    appId: string | null;
    appSecret: string | null;
    verifyToken: string;
    humanAgentApproved: boolean;
    /** Whether a thread begun by an ad stays open for seven days from the first message after it. */
    adWindow: boolean;
    /** The ceiling of one Page or account: texts, and messages with a file. */
    sendsPerSecond: number;
    filesPerSecond: number;
    /** When Meta's record is asked about a reply whose outcome is unknown, ms after its call began, rising. */
    outcomeLooksMs: readonly number[];
    /** A configuration of Facebook Login for Business; null: the permissions are asked for one by one. */
    loginConfigId: string | null;
  };
  bootstrap: { apiKey: string | null; workspace: string };
  /** Where e-mail goes out and who it is from; null: none is sent. The address contains a password. */
  mail: { url: Secret; from: string } | null;
  /** Origins a webhook may be at although they are private or without TLS. */
  alertWebhookOrigins: readonly string[];
  logLevel: string;
  deliveryRetentionDays: number;
}

export class ConfigError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(
      `The configuration has ${problems.length === 1 ? "a problem" : `${problems.length} problems`}:\n${problems.map((p) => `  - ${p}`).join("\n")}`,
    );
    this.name = "ConfigError";
    this.problems = problems;
  }
}

/** Reads and checks the whole environment. @throws {ConfigError} with every problem at once. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(env);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((i) => `${i.path.join(".")} ${i.message.charAt(0).toLowerCase()}${i.message.slice(1)}`);
  if (Boolean(env.META_APP_ID) !== Boolean(env.META_APP_SECRET))
    problems.push("META_APP_ID and META_APP_SECRET belong together: set both or neither");
  if (Boolean(env.SMTP_URL) !== Boolean(env.MAIL_FROM))
    problems.push("SMTP_URL and MAIL_FROM belong together: set both or neither");
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const e = parsed.data;
  const dataDir = resolve(e.DATA_DIR);
  const key = e.ENCRYPTION_KEY
    ? Buffer.from(e.ENCRYPTION_KEY, "base64")
    : keptSecret(dataDir, "encryption.key", problems);
  const verifyToken = e.META_VERIFY_TOKEN ?? keptSecret(dataDir, "verify.token", problems).toString("hex").slice(0, 32);
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    port: e.PORT,
    host: e.HOST,
    publicUrl: e.PUBLIC_URL ?? `http://localhost:${e.PORT}`,
    databaseUrl: e.DATABASE_URL ?? null,
    dataDir,
    encryptionKey: key,
    encryptionKeyPrevious: e.ENCRYPTION_KEY_PREVIOUS ? Buffer.from(e.ENCRYPTION_KEY_PREVIOUS, "base64") : null,
    meta: {
      graphUrl: e.META_GRAPH_URL,
      dialogUrl: e.META_DIALOG_URL,
      version: e.META_GRAPH_VERSION,
      appId: e.META_APP_ID ?? null,
      appSecret: e.META_APP_SECRET ?? null,
      verifyToken,
      humanAgentApproved: e.META_HUMAN_AGENT_APPROVED,
      adWindow: e.META_AD_WINDOW_7_DAYS,
      sendsPerSecond: e.META_SENDS_PER_SECOND,
      filesPerSecond: e.META_FILES_PER_SECOND,
      outcomeLooksMs: e.OUTCOME_LOOKS_SECONDS.toSorted((a, b) => a - b),
      loginConfigId: e.META_LOGIN_CONFIG_ID ?? null,
    },
    bootstrap: { apiKey: e.BOOTSTRAP_API_KEY ?? null, workspace: e.BOOTSTRAP_WORKSPACE },
    mail: e.SMTP_URL && e.MAIL_FROM ? { url: new Secret(e.SMTP_URL), from: e.MAIL_FROM } : null,
    alertWebhookOrigins: e.ALERT_WEBHOOK_ORIGINS,
    logLevel: e.LOG_LEVEL,
    deliveryRetentionDays: e.DELIVERY_RETENTION_DAYS,
  };
}

/** A secret nobody configured: made once, kept in DATA_DIR readable by its owner only, so that a restart keeps sessions and tokens. */
function keptSecret(dataDir: string, name: string, problems: string[]): Buffer {
  const path = join(dataDir, "secrets", name);
  try {
    if (existsSync(path)) return Buffer.from(readFileSync(path, "utf8").trim(), "base64");
    mkdirSync(join(dataDir, "secrets"), { recursive: true, mode: 0o700 });
    const secret = randomBytes(32);
    writeFileSync(path, `${secret.toString("base64")}\n`, { mode: 0o600 });
    return secret;
  } catch (error) {
    problems.push(`DATA_DIR cannot be written (${path}: ${(error as Error).message})`);
    return Buffer.alloc(32);
  }
}
