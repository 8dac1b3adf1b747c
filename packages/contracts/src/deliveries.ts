import { z } from "zod";
import { Cursor, Limit, list, Time } from "./common.ts";

export const DeliveryState = z.enum(["pending", "done", "failed"]);
/** One webhook call by Meta, kept as its exact bytes. */
export const Delivery = z.object({
  id: z.string().describe("Number of the delivery."),
  state: DeliveryState,
  receivedAt: Time,
  processedAt: Time.nullable(),
  attempts: z.number().int(),
  size: z.number().int(),
  events: z.number().int().nullable().describe("Events found in it."),
  unsupported: z.number().int().nullable().describe("Events kept but not understood."),
  error: z.string().nullable(),
});
export type Delivery = z.infer<typeof Delivery>;
export const DeliveryDetail = Delivery.extend({ body: z.string(), bodyEncoding: z.enum(["utf8", "base64"]) });
export const DeliveryList = list(Delivery);
export const DeliveryQuery = z.object({
  state: DeliveryState.optional(),
  from: Time.optional(),
  to: Time.optional(),
  cursor: Cursor.optional(),
  limit: Limit,
});
