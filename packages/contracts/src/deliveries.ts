import { z } from "zod";
import { Cursor, Id, Limit, list, Time } from "./common.ts";

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
  replays: z.number().int(),
  channelIds: z.array(Id).describe("Channels it concerns; empty until it is read, or when no channel here is meant."),
  contactExternalIds: z.array(z.string()).describe("Customers it names."),
});
export type Delivery = z.infer<typeof Delivery>;

/** One thing read from a delivery, and what became of it. */
export const DeliveryEvent = z.object({
  type: z.string().describe("message, echo, reaction, control, notice …; `other` with its name where it is only kept."),
  name: z.string().nullable(),
  at: Time.nullable(),
  standby: z.boolean(),
  understood: z.boolean(),
  channelId: Id.nullable(),
  contactExternalId: z.string().nullable(),
  messageExternalId: z.string().nullable(),
  messageId: Id.nullable(),
  conversationId: Id.nullable(),
});
export type DeliveryEvent = z.infer<typeof DeliveryEvent>;
export const DeliveryDetail = Delivery.extend({
  body: z.string(),
  bodyEncoding: z.enum(["utf8", "base64"]),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  read: z.array(DeliveryEvent).describe("What the body says, read again now, in its order."),
});
export type DeliveryDetail = z.infer<typeof DeliveryDetail>;
export const DeliveryList = list(Delivery).extend({
  retentionDays: z.number().int().describe("Deliveries older than this are removed."),
});
export const DeliveryQuery = z.object({
  state: DeliveryState.optional(),
  channelId: Id.optional(),
  contactExternalId: z.string().max(512).optional(),
  from: Time.optional(),
  to: Time.optional(),
  cursor: Cursor.optional(),
  limit: Limit,
});

/** Works a range of deliveries off again. */
export const ReplayDeliveries = z.object({
  state: DeliveryState.optional(),
  channelId: Id.optional(),
  contactExternalId: z.string().max(512).optional(),
  from: Time,
  to: Time,
});
export const ReplayedDeliveries = z.object({ count: z.number().int() });
