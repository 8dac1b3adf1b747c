import pino, { type Logger } from "pino";

export type { Logger };

/** Names that carry secrets or what people wrote. They are blanked wherever they appear in a log line. */
const SECRET = [
  "access_token",
  "accessToken",
  "token",
  "password",
  "appsecret_proof",
  "authorization",
  "cookie",
  "text",
  "body",
  "key",
];

/** Structured log on stdout, one JSON line each; without secrets and without message text. */
export function createLogger(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: SECRET.flatMap((k) => [k, `*.${k}`, `*.*.${k}`]), censor: "[removed]" },
    serializers: {
      err: (error: Error & { code?: string }) => ({
        type: error.name,
        message: scrub(error.message),
        code: error.code,
        stack: scrub(error.stack ?? ""),
      }),
    },
  });
}

/** Takes tokens out of addresses and free text. */
export function scrub(text: string): string {
  return text
    .replace(
      /(access_token|appsecret_proof|client_secret|fb_exchange_token|code|input_token)=[^&\s"']+/g,
      "$1=[removed]",
    )
    .replace(/\bEAA[A-Za-z0-9]{8,}/g, "[removed]")
    .replace(/(postgres(?:ql)?:\/\/[^:/\s]+):[^@\s]+@/g, "$1:[removed]@");
}
