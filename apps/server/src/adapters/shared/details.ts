import { isRecord, readText, readTime, toList, type WireRecord } from "@firstline/meta-wire";
import type { Detail } from "../channel.ts";

/** `appointment_booking` (Messenger changelog, 2026-03-03): times in Unix seconds. */
export const APPOINTMENT = "appointment_booking";

/** Structured content of the attachments of a message: appointments, and what a product says below its title. */
export function detailsOf(message: WireRecord): { appointment: Detail[]; products: Detail[] } {
  const attachments = toList(message.attachments).filter(isRecord);
  const payloads = (type: string) =>
    attachments.filter((one) => one.type === type).map((one) => (isRecord(one.payload) ? one.payload : {}));
  return {
    appointment: payloads(APPOINTMENT).flatMap(readAppointment),
    products: payloads("template").flatMap((payload) => productsOf(payload).flatMap(readSubtitle)),
  };
}

/** Lines `status` (requested, confirmed, declined, cancelled), `start`, `end` and `timezone`. */
function readAppointment(payload: WireRecord): Detail[] {
  return [
    ...text("status", payload.status),
    ...time("start", payload.start_time),
    ...time("end", payload.end_time),
    ...text("timezone", payload.timezone),
  ];
}

function text(label: string, value: unknown): Detail[] {
  const read = readText(value);
  return read === null ? [] : [{ label, value: read, kind: "text" }];
}

function time(label: string, value: unknown): Detail[] {
  const at = readTime(value);
  return at === null ? [] : [{ label, value: new Date(at).toISOString(), kind: "time" }];
}

/** Products of a shared product template, `payload.product.elements` (Messenger Platform, "messages" event, read 2026-11). */
export function productsOf(payload: WireRecord): WireRecord[] {
  return isRecord(payload.product) ? toList(payload.product.elements).filter(isRecord) : [];
}

/** The subtitle is the price, as Meta prints it. */
function readSubtitle(product: WireRecord): Detail[] {
  const value = readText(product.subtitle);
  return value === null ? [] : [{ label: readText(product.title), value, kind: "text" }];
}
