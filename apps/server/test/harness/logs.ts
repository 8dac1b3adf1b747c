import { Writable } from "node:stream";
import pino from "pino";
import { createLogger, type Logger } from "../../src/platform/log/index.ts";

export interface CapturedLog {
  log: Logger;
  /** Everything written so far, as it would stand on stdout. */
  text(): string;
  lines(): Record<string, unknown>[];
}

/** The product's own logger, with its own redaction, at its chattiest, written to memory. */
export function captureLog(): CapturedLog {
  let text = "";
  const into = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  const log = createLogger("trace");
  (log as unknown as Record<symbol, unknown>)[pino.symbols.streamSym] = into;
  return {
    log,
    text: () => text,
    lines: () =>
      text
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
