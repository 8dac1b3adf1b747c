import type { Answer, World } from "./world.ts";
import { ANN, BLUE } from "./world.ts";

/** `code/subcode`, or `sent`. */
export function outcome({ status, body }: Pick<Answer, "status" | "body">): string {
  if (status === 200 && !body?.error) return "sent";
  const { code, error_subcode: subcode } = body.error;
  return subcode === undefined ? String(code) : `${code}/${subcode}`;
}

export const tagged = (tag: string) => ({ messaging_type: "MESSAGE_TAG", tag });

export const clock = (world: World, body: Record<string, unknown>, customer = ANN) =>
  world.control("POST", `/_sim/pages/${BLUE}/customers/${customer}/window`, body);

/** A send to somebody who is not named by an id. */
export async function sendTo(
  world: World,
  recipient: Record<string, string>,
  message: unknown,
  extra: Record<string, unknown> = {},
): Promise<Answer> {
  return await world.http("POST", "/v26.0/me/messages", {
    headers: { "content-type": "application/json", authorization: `Bearer ${world.token}` },
    body: JSON.stringify({ recipient, message, ...extra }),
  });
}

/** A file in a multipart body, as a send or as an upload for reuse. */
export async function sendFile(
  world: World,
  type: string,
  file: { bytes: Buffer; name: string; mime: string },
  to: { recipient?: string; path?: string; extra?: Record<string, string> } = {},
): Promise<Answer> {
  const form = new FormData();
  if (to.recipient !== undefined) form.set("recipient", JSON.stringify({ id: to.recipient }));
  form.set("message", JSON.stringify({ attachment: { type, payload: to.path ? { is_reusable: true } : {} } }));
  for (const [key, value] of Object.entries(to.extra ?? {})) form.set(key, value);
  form.set("filedata", new Blob([new Uint8Array(file.bytes)], { type: file.mime }), file.name);
  return await world.http("POST", to.path ?? "/v26.0/me/messages", {
    body: form,
    headers: { authorization: `Bearer ${world.token}` },
  });
}
