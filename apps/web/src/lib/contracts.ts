import type * as Contracts from "@firstline/contracts";
import type { z } from "zod";

type All = typeof Contracts;

/** Names of the schemas in the contracts package. */
export type SchemaName = { [K in keyof All]: All[K] extends z.ZodType ? K : never }[keyof All];

/** What a body of that schema looks like once parsed. */
export type Body<K extends SchemaName> = All[K] extends z.ZodType ? z.output<All[K]> : never;

/**
 * Checks an answer against its contract while developing and in tests; in a release build the answer passes as it is,
 * so that neither zod nor the schemas are part of what people load.
 */
export async function checked<K extends SchemaName>(name: K, body: unknown): Promise<Body<K>> {
  if (import.meta.env.DEV) {
    const contracts = await import("@firstline/contracts");
    return (contracts[name] as z.ZodType).parse(body) as Body<K>;
  }
  return body as Body<K>;
}
