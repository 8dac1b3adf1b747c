import type { FastifyRequest } from "fastify";
import { GraphError } from "./error.ts";

export interface UploadedFile {
  field: string;
  name: string;
  /** Content type written in the part, or null when it was missing. */
  contentType: string | null;
  bytes: Buffer;
  truncated: boolean;
}

export interface Params {
  values: Record<string, unknown>;
  files: UploadedFile[];
}

/** Query and body as one set: JSON, form fields (object values as JSON strings) or multipart (meta-sending §1.1). */
export async function readParams(request: FastifyRequest): Promise<Params> {
  const values: Record<string, unknown> = {};
  for (const [key, value] of Object.entries((request.query ?? {}) as Record<string, unknown>)) put(values, key, value);
  const files: UploadedFile[] = [];
  if (request.isMultipart()) {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        put(values, part.fieldname, part.value);
        continue;
      }
      const bytes = await part.toBuffer().catch(() => null);
      const contentType = part.mimetype && part.mimetype !== "application/octet-stream" ? part.mimetype : null;
      files.push({
        field: part.fieldname,
        name: part.filename || "file",
        contentType,
        bytes: bytes ?? Buffer.alloc(0),
        truncated: bytes === null || part.file.truncated,
      });
    }
    return { values, files };
  }
  const body = request.body;
  // Libraries that post a form without saying so (fbgraph) work at Meta.
  if (Buffer.isBuffer(body) && request.headers["content-type"] === undefined)
    for (const [key, value] of new URLSearchParams(body.toString())) put(values, key, value);
  else if (typeof body === "string" && body.trim() !== "") Object.assign(values, parseJsonObject(body));
  else if (body && typeof body === "object" && !Buffer.isBuffer(body)) {
    for (const [key, value] of Object.entries(body)) put(values, key, value);
  }
  return { values, files };
}

function parseJsonObject(text: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(text);
    if (parsed && typeof parsed === "object" && !Array.isArray(parsed)) return parsed as Record<string, unknown>;
  } catch {
    // answered below
  }
  throw new GraphError({ code: 100, message: "(#100) The request body is not a valid JSON object" });
}

/** PHP's bracket names, which several client libraries send for nested objects: `recipient[id]=1`. */
function put(values: Record<string, unknown>, key: string, value: unknown): void {
  const bracket = key.indexOf("[");
  if (bracket <= 0 || !key.endsWith("]")) {
    values[key] = value;
    return;
  }
  const path = [key.slice(0, bracket), ...key.slice(bracket + 1, -1).split("][")];
  let target = values;
  for (const [index, part] of path.entries()) {
    if (part === "__proto__" || part === "constructor") return;
    if (index === path.length - 1) {
      target[part === "" ? String(Object.keys(target).length) : part] = value;
      return;
    }
    const existing = target[part];
    const inner = existing && typeof existing === "object" ? (existing as Record<string, unknown>) : {};
    target[part] = inner;
    target = inner;
  }
}

export function asString(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return undefined;
}

/** A structured parameter: an object already, or its JSON text. `undefined` when it is neither. */
export function asStructure(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

export function asBoolean(value: unknown): boolean {
  return value === true || value === "true" || value === "1" || value === 1;
}

/** A list: `a,b`, `["a","b"]`, or an array. */
export function asList(value: unknown): string[] {
  const structure = typeof value === "string" && value.trim().startsWith("[") ? asStructure(value) : value;
  if (Array.isArray(structure)) return structure.map(String).filter(Boolean);
  if (structure && typeof structure === "object") return Object.values(structure).map(String);
  if (typeof structure !== "string") return [];
  return structure
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
}
