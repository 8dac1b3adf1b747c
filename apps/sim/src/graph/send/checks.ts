import { type GraphError, graphError } from "../error.ts";
import { asStructure } from "../params.ts";

/** A refusal by shape: code 100 without a sub-code. */
export const bad = (message: string): GraphError => graphError(100, undefined, `(#100) ${message}`);

/** An object, or its JSON text; undefined when nothing was given. */
export function object(value: unknown, name: string): Record<string, unknown> | undefined {
  if (value === undefined || value === null || value === "") return undefined;
  const structure = asStructure(value);
  if (structure && typeof structure === "object" && !Array.isArray(structure))
    return structure as Record<string, unknown>;
  throw bad(`Param ${name} must be an object.`);
}

export function onlyKeys(value: Record<string, unknown>, allowed: string[], param: string): void {
  const wrong = Object.keys(value).filter((key) => !allowed.includes(key));
  if (wrong.length > 0) throw bad(`Invalid keys "${wrong.join(", ")}" were found in param "${param}".`);
}
