import { z } from "zod";

/** Parts the answers of the Graph API are made of. Tolerant: what cannot be read is absent, not an error. */

export const GraphId = z.union([z.string().min(1), z.number().int()]).transform(String);
export const Unix = z
  .number()
  .nullish()
  .transform((value) => value ?? null);

export function tolerantList<T extends z.ZodType>(item: T) {
  return z.array(z.unknown()).transform((values) =>
    values.flatMap((value): z.output<T>[] => {
      const result = item.safeParse(value);
      return result.success ? [result.data] : [];
    }),
  );
}

export const Texts = z.array(z.string()).catch([]).default([]);

export const Paging = z.looseObject({
  next: z.string().optional(),
  cursors: z.looseObject({ after: z.string().optional() }).optional(),
});

export const Maybe = z
  .string()
  .nullish()
  .catch(null)
  .transform((value) => value?.trim() || null);
