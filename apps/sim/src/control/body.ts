import type { FastifyRequest } from "fastify";
import type { ZodType } from "zod";

/** A refusal of the control API: plain JSON `{error}`, not Graph's envelope. */
export class ControlError extends Error {
  readonly statusCode: number;

  constructor(statusCode: number, message: string) {
    super(message);
    this.statusCode = statusCode;
  }
}

export function parseBody<T>(schema: ZodType<T>, request: FastifyRequest): T {
  let value: unknown = request.body;
  if (typeof value === "string") {
    try {
      value = value.trim() === "" ? {} : JSON.parse(value);
    } catch {
      throw new ControlError(400, "The body is not valid JSON.");
    }
  }
  const parsed = schema.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  throw new ControlError(
    400,
    parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`).join("; "),
  );
}
