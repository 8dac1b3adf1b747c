import { createDecipheriv, createECDH, hkdfSync, randomBytes } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import type { Deps } from "../../src/deps.ts";
import { deliverDue } from "../../src/modules/alerts/deliver.ts";
import { followIncidents } from "../../src/modules/alerts/follow-incidents.ts";
import { createMail } from "../../src/modules/alerts/mail.ts";

export interface Letter {
  from: string;
  to: string;
  source: string;
  subject: string;
  /** The plain part, decoded. */
  text: string;
  html: string;
}

export interface Mailbox extends AsyncDisposable {
  url: string;
  letters: Letter[];
  /** What the server says to each recipient: an SMTP reply; null accepts. */
  refuse: { code: number; text: string } | null;
}

/** A mail server that keeps what it is given. It wants the password of its address. */
export async function startMailbox(): Promise<Mailbox> {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: (auth, _session, done) =>
      auth.password === "hunter2hunter2" ? done(null, { user: "desk" }) : done(new Error("wrong password")),
    onRcptTo: (_address, _session, done) => {
      const no = box.refuse;
      done(no ? Object.assign(new Error(no.text), { responseCode: no.code }) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        letters.push({
          ...parse(Buffer.concat(chunks).toString("utf8")),
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map((each) => each.address).join(","),
        });
        done();
      });
    },
  });
  await new Promise<void>((ready) => {
    server.listen(0, "127.0.0.1", () => ready());
  });
  const { port } = server.server.address() as AddressInfo;
  const box: Mailbox = {
    url: `smtp://desk:hunter2hunter2@127.0.0.1:${port}`,
    letters,
    refuse: null,
    [Symbol.asyncDispose]: () => new Promise<void>((gone) => server.close(() => gone())),
  };
  return box;
}

function parse(source: string): Pick<Letter, "source" | "subject" | "text" | "html"> {
  const head = source.slice(0, source.indexOf("\r\n\r\n")).replace(/\r\n[ \t]+/g, " ");
  const subject = /^Subject: (.*)$/m.exec(head)?.[1] ?? "";
  const part = (type: string) => {
    const found = new RegExp(
      `Content-Type: ${type}[^]*?\\r\\nContent-Transfer-Encoding: (\\S+)[^]*?\\r\\n\\r\\n([^]*?)\\r\\n----`,
    ).exec(source);
    return found ? decode(found[1]!, found[2]!) : "";
  };
  return { source, subject: decodeWords(subject), text: part("text/plain"), html: part("text/html") };
}

function decode(how: string, text: string): string {
  if (how === "base64") return Buffer.from(text, "base64").toString("utf8");
  if (how !== "quoted-printable") return text;
  return quoted(text.replace(/=\r\n/g, ""));
}
const quoted = (text: string) =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_m, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");
const decodeWords = (text: string) =>
  text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_m, how: string, body: string) =>
      how.toUpperCase() === "B" ? Buffer.from(body, "base64").toString("utf8") : quoted(body.replaceAll("_", " ")),
    );

export interface Listener extends AsyncDisposable {
  origin: string;
  calls: { path: string; headers: IncomingHttpHeaders; body: Buffer }[];
  /** What it answers. */
  answer: { status: number; headers?: Record<string, string> };
}

/** Somebody's HTTP server: keeps what is posted. */
export async function startListener(): Promise<Listener> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    listener.calls.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(listener.answer.status, listener.answer.headers).end();
  });
  await new Promise<void>((ready) => {
    server.listen(0, "127.0.0.1", () => ready());
  });
  const listener: Listener = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: [],
    answer: { status: 204 },
    [Symbol.asyncDispose]: () =>
      new Promise<void>((gone) => {
        server.close(() => gone());
        server.closeAllConnections();
      }),
  };
  return listener;
}

/** A browser's side of web push: its keys, and what it reads with them (RFC 8291, 3.4; RFC 8188, 2). */
export function makeDevice(endpoint: string) {
  const ecdh = createECDH("prime256v1");
  const publicKey = ecdh.generateKeys();
  const auth = randomBytes(16);
  return {
    subscription: {
      endpoint,
      keys: { p256dh: publicKey.toString("base64url"), auth: auth.toString("base64url") },
      name: "Firefox on Linux",
    },
    read(body: Buffer): Record<string, string> {
      const salt = body.subarray(0, 16);
      const keyLength = body[20]!;
      const theirs = body.subarray(21, 21 + keyLength);
      const sealed = body.subarray(21 + keyLength);
      const info = Buffer.concat([Buffer.from("WebPush: info\0"), publicKey, theirs]);
      const ikm = Buffer.from(hkdfSync("sha256", ecdh.computeSecret(theirs), auth, info, 32));
      const key = Buffer.from(hkdfSync("sha256", ikm, salt, "Content-Encoding: aes128gcm\0", 16));
      const nonce = Buffer.from(hkdfSync("sha256", ikm, salt, "Content-Encoding: nonce\0", 12));
      const open = createDecipheriv("aes-128-gcm", key, nonce);
      open.setAuthTag(sealed.subarray(-16));
      const plain = Buffer.concat([open.update(sealed.subarray(0, -16)), open.final()]);
      return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString("utf8")) as Record<string, string>;
    },
  };
}

/** An incident that somebody has been found to have, as the watch writes it. */
export async function makeIncident(
  deps: Deps,
  wish: {
    workspaceId: string;
    channelId?: string | null;
    severity?: "critical" | "warning";
    code?: string;
    title?: string;
  },
): Promise<string> {
  const { workspaceId, channelId = null, severity = "critical", code = "silence", title = "The Page is silent" } = wish;
  const words = (locale: string) => ({
    title: locale === "en" ? title : `${title}（中）`,
    evidence: `evidence ${locale}`,
    fix: "mend it",
  });
  const now = new Date(deps.clock());
  const { id } = await deps.db
    .insertInto("incident")
    .values({
      workspace_id: workspaceId,
      subject: channelId ?? "app:messenger",
      channel_id: channelId,
      code,
      severity,
      owner: "administrator",
      words: JSON.stringify({ en: words("en"), "zh-TW": words("zh-TW") }),
      since: now,
      confirmed_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** One pass of everything a worker does about alerts. */
export async function pass(deps: Deps): Promise<void> {
  const mail = createMail(deps);
  await followIncidents(deps);
  for (const way of ["email", "push", "webhook"] as const) await deliverDue(deps, mail, way);
  mail.close();
}
