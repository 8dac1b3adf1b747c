import { type Check, versionCheck, webhookChecks } from "@firstline/core";
import type { DoctorFacts, DoctorLine } from "./facts.ts";

const MINUTE = 60_000;
const OLDEST_POSTGRES = 18;
/** A delivery is worked off within a second; one this old waits for a worker that does not run. */
const DELIVERY_LATE_MS = MINUTE;
const JOBS_LATE_MS = 10 * MINUTE;
const DISK_LOW = 0.1;
const DISK_FULL = 0.03;
/** Meta refuses signed things that are minutes off, and reply windows would be counted wrongly. */
const SKEW_WARN_MS = 5_000;
const SKEW_FAIL_MS = MINUTE;

const line = (area: string, status: DoctorLine["status"], text: string): DoctorLine => ({ area, status, text });
const minutes = (ms: number) => `${Math.round(ms / MINUTE)} min`;
const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;

/** The verdicts in the order in which one would look for a fault: this machine, then Meta, then each channel. */
export function judgeDoctor(facts: DoctorFacts): DoctorLine[] {
  return [
    configuration(facts),
    database(facts),
    deliveries(facts),
    jobs(facts),
    disk(facts),
    meta(facts),
    clock(facts),
    told("Graph API", versionCheck(facts.graphVersion, facts.now, "en")),
    ...subscriptions(facts),
    callback(facts),
    ...webhookCalls(facts),
    mail(facts),
    ...facts.channels.map(channel),
  ];
}

/** 1 when anything fails. */
export const exitCodeOf = (lines: readonly DoctorLine[]): 0 | 1 => (lines.some((l) => l.status === "fail") ? 1 : 0);

function configuration({ publicUrl, app }: DoctorFacts): DoctorLine {
  if (!app) return line("Configuration", "fail", "No Meta app: set META_APP_ID and META_APP_SECRET.");
  const { protocol, hostname } = new URL(publicUrl);
  if (protocol === "https:") return line("Configuration", "ok", `App set, public address ${publicUrl}.`);
  const local = hostname === "localhost" || hostname === "127.0.0.1";
  return line(
    "Configuration",
    local ? "warn" : "fail",
    `PUBLIC_URL is ${publicUrl}: Meta delivers to https only${local ? ", so this works with the local Meta alone" : ""}.`,
  );
}

function database({ database: found }: DoctorFacts): DoctorLine {
  if (!found) return line("Database", "fail", "It does not answer. Check DATABASE_URL, or start the server once.");
  const version = `PostgreSQL ${found.major}`;
  if (found.major < OLDEST_POSTGRES)
    return line("Database", "fail", `${version}; ${OLDEST_POSTGRES} or newer is needed.`);
  if (found.newer)
    return line("Database", "fail", `${found.newer} was applied by a newer version. Upgrade the program.`);
  if (found.missing.length > 0)
    return line(
      "Database",
      "warn",
      `${version}; not applied yet: ${found.missing.join(", ")}. Starting the server applies it.`,
    );
  return line("Database", "ok", `${version}, all migrations applied.`);
}

function deliveries({ deliveries: found }: DoctorFacts): DoctorLine {
  if (!found) return line("Deliveries", "unknown", "Could not be read.");
  const { pending, oldestMs, failed } = found;
  if (oldestMs !== null && oldestMs > DELIVERY_LATE_MS)
    return line(
      "Deliveries",
      "fail",
      `${pending} wait, the oldest for ${minutes(oldestMs)}. Is a worker running (--roles=worker)?`,
    );
  if (failed > 0)
    return line(
      "Deliveries",
      "warn",
      `${failed} could not be read and wait for a replay (Settings → Webhook deliveries).`,
    );
  return line("Deliveries", "ok", pending === 0 ? "None waits." : `${pending} wait, none for long.`);
}

function jobs({ jobs: found }: DoctorFacts): DoctorLine {
  if (!found) return line("Jobs", "unknown", "No server has run with this database yet.");
  if (found.oldestMs !== null && found.oldestMs > JOBS_LATE_MS)
    return line(
      "Jobs",
      "fail",
      `${found.due} are due, the oldest (${found.longest}) for ${minutes(found.oldestMs)}. Is a worker running?`,
    );
  return line("Jobs", "ok", `${found.due} are due.`);
}

function disk({ disk: found }: DoctorFacts): DoctorLine {
  if (!found) return line("Disk", "unknown", "Could not be read.");
  const left = found.free / found.total;
  const status = left < DISK_FULL ? "fail" : left < DISK_LOW ? "warn" : "ok";
  return line("Disk", status, `${gigabytes(found.free)} of ${gigabytes(found.total)} free in DATA_DIR.`);
}

function meta({ meta: found, app }: DoctorFacts): DoctorLine {
  if (!app || !found) return line("Meta", "unknown", "Not asked: no app is configured.");
  return found.reached
    ? line("Meta", "ok", "Answers, and takes the app's id and secret.")
    : line("Meta", "fail", `Not reached, or the app was refused: ${found.message}`);
}

function clock({ meta: found }: DoctorFacts): DoctorLine {
  const skew = found?.skewMs ?? null;
  if (skew === null) return line("Clock", "unknown", "Not compared with Meta's.");
  const off = Math.abs(skew);
  const words = `${(off / 1000).toFixed(0)} s ${skew > 0 ? "ahead of" : "behind"} Meta's`;
  if (off < SKEW_WARN_MS) return line("Clock", "ok", "Agrees with Meta's.");
  return line("Clock", off < SKEW_FAIL_MS ? "warn" : "fail", `${words}. Turn on time synchronisation (NTP).`);
}

function subscriptions({ subscriptions: found, publicUrl, app, channels }: DoctorFacts): DoctorLine[] {
  if (!app) return [];
  if (!found) return [line("Subscriptions", "unknown", "Meta did not tell the app's subscriptions.")];
  if (found.length === 0)
    return [
      line(
        "Subscriptions",
        channels.length > 0 ? "fail" : "warn",
        "The app has none; connecting a channel makes them.",
      ),
    ];
  const wanted = `${publicUrl}/webhooks/meta`;
  return found.map(({ object, callback: at, missing }) => {
    if (at !== wanted) return line("Subscriptions", "fail", `${object}: Meta calls ${at ?? "nobody"}, not ${wanted}.`);
    if (missing.length === 0) return line("Subscriptions", "ok", `${object}: calls ${wanted} for every field needed.`);
    const status = missing.includes("messages") ? "fail" : "warn";
    return line("Subscriptions", status, `${object}: missing ${missing.join(", ")}. Reconnect a channel.`);
  });
}

function callback({ callback: { answered, message } }: DoctorFacts): DoctorLine {
  return answered
    ? line("Callback", "ok", "Our own server answers at its public address, seen from this machine.")
    : line(
        "Callback",
        "fail",
        `No right answer at the public address: ${message} Is the server running, the proxy in order?`,
      );
}

function mail({ mail: found }: DoctorFacts): DoctorLine {
  if (!found) return line("E-mail", "unknown", "No mail server is set (SMTP_URL); alerts come by the other ways.");
  return found.answered
    ? line("E-mail", "ok", "The mail server answers and takes our name and password.")
    : line("E-mail", "fail", `Alerts cannot be mailed: ${found.message} Check SMTP_URL.`);
}

/** A line in the words of a check. */
const told = (area: string, { status, title, evidence, fix }: Check, named = false): DoctorLine =>
  line(
    area,
    status,
    [named ? `${title}: ${evidence}` : evidence, status === "ok" ? "" : fix].filter(Boolean).join(" "),
  );

function webhookCalls({ webhook, now }: DoctorFacts): DoctorLine[] {
  if (!webhook) return [line("Webhook calls", "unknown", "Could not be read.")];
  return webhookChecks(webhook, now, "en").map((check) => told("Webhook calls", check, true));
}

function channel({ name, platform, state, incidents, selfTest }: DoctorFacts["channels"][number]): DoctorLine {
  const status =
    state === "healthy"
      ? incidents.length > 0 || (selfTest?.length ?? 0) > 0
        ? "warn"
        : "ok"
      : state === "degraded"
        ? "warn"
        : state === "disconnected"
          ? "unknown"
          : "fail";
  const why = incidents.length > 0 ? `: ${incidents.join("; ")}` : "";
  const failed = selfTest?.length && state !== "disconnected" ? ` Self-test failed: ${selfTest.join(", ")}.` : "";
  return line("Channel", status, `${name} (${platform}) ${state.replaceAll("_", " ")}${why}.${failed}`);
}
