import { z } from "zod";

/** Shared pieces of every answer: ids, times, lists, problems. */

export const Id = z.uuid().describe("Opaque identifier, unique within the installation.");
export const Time = z.iso.datetime({ offset: false }).describe("ISO 8601, UTC, millisecond precision.");
export const Cursor = z.string().max(400).describe("Opaque position in a list; pass it back unchanged.");

/** Who can put a fault right. */
export const Owner = z.enum(["agent", "administrator", "operator", "customer", "meta", "nobody"]);
export type Owner = z.infer<typeof Owner>;

/** One reason in plain words: what is the matter, what to do, who can do it. `code` is stable and names the page under docs/errors. */
export const Reason = z.object({
  code: z.string(),
  title: z.string(),
  explain: z.string(),
  fix: z.string(),
  owner: Owner,
});
export type Reason = z.infer<typeof Reason>;

/** RFC 9457 problem document. Every error of the API has this shape. */
export const Problem = z
  .object({
    type: z.string().describe("Address of the page that explains this code."),
    title: z.string(),
    status: z.number().int(),
    code: z.string().describe("Stable machine-readable code."),
    detail: z.string(),
    fix: z.string(),
    owner: Owner,
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .loose();
export type Problem = z.infer<typeof Problem>;

/** A page of a list. `nextCursor` is null on the last page. */
export const list = <T extends z.ZodType>(item: T) => z.object({ data: z.array(item), nextCursor: Cursor.nullable() });

export const Limit = z.coerce.number().int().min(1).max(100).default(30);

/** A flag in a query string. */
export const Flag = z.enum(["true", "false"]).transform((v) => v === "true");
