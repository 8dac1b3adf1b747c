import { GraphError, type GraphErrorInit } from "../error.ts";
import { ATTACHMENTS } from "./attachments.ts";
import { LIMITS } from "./limits.ts";
import { REQUESTS } from "./requests.ts";
import { RULES } from "./rules.ts";
import { TOKENS } from "./tokens.ts";
import type { KnownError } from "./types.ts";
import { WINDOW } from "./window.ts";

/** Every body of Meta's that is known. Where numbers have several texts the first row is the usual one. */
export const KNOWN: KnownError[] = [...WINDOW, ...ATTACHMENTS, ...LIMITS, ...REQUESTS, ...TOKENS, ...RULES];

function initOf(row: KnownError): GraphErrorInit {
  const { about: _about, known: _known, source: _source, ...init } = row;
  return init;
}

/**
 * The error of these numbers as Meta words it. An unknown sub-code takes after its code; an unknown code gets a text of
 * Meta's pattern.
 */
export function knownError(code: number, subcode?: number): GraphError {
  const exact = KNOWN.find((row) => row.code === code && row.subcode === subcode);
  if (exact) return new GraphError(initOf(exact));
  const plain = KNOWN.find((row) => row.code === code && row.subcode === undefined);
  const { message = `(#${code}) An error occurred`, type } = plain ?? {};
  return new GraphError({
    code,
    ...(subcode !== undefined && { subcode }),
    message,
    ...(type && { type }),
  });
}

/** What `GET /_sim/known-errors` tells of one row: the numbers, how it is answered, how sure it is. */
export function describeKnown(row: KnownError) {
  const error = new GraphError(initOf(row));
  const { fbtrace_id: _trace, ...body } = error.body().error;
  return {
    code: row.code,
    subcode: row.subcode ?? null,
    status: error.status,
    about: row.about,
    known: row.known,
    source: row.source,
    error: body,
  };
}
