import type { Conversation } from "@firstline/contracts";
import { sql } from "kysely";
import sharp from "sharp";
import type { World } from "../../api/support/world.ts";

let serial = 0;

/** A small picture like no other. */
export const smallPicture = (): Promise<Buffer> => {
  serial++;
  const background = { r: serial % 256, g: (serial >> 8) % 256, b: 120 };
  return sharp({ create: { width: 8, height: 6, channels: 3, background } })
    .png()
    .toBuffer();
};

export interface ChosenFile {
  bytes: Buffer;
  name?: string;
  kind?: "image" | "audio" | "video" | "file";
  contentType?: string;
}

/** Files as they stand after an agent chose them and they were found good, without the time that takes. @returns their ids. */
export async function chosen(w: World, thread: Conversation, files: readonly ChosenFile[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { bytes, name = "picture.png", kind = "image", contentType = "image/png" } of files) {
    const { rows } = await sql<{ id: string }>`
      insert into attachment (workspace_id, conversation_id, kind, name, content_type, size, state, sha256)
      values (${w.workspaceId}, ${thread.id}, ${kind}, ${name}, ${contentType}, ${bytes.length}, 'stored', sha256(${bytes})) returning id`.execute(
      w.deps.db,
    );
    const { id } = rows[0]!;
    const key = `${w.workspaceId}/uploads/${id}`;
    await w.deps.blobs.put(key, bytes, contentType);
    await sql`update attachment set blob_key = ${key} where id = ${id}`.execute(w.deps.db);
    ids.push(id);
  }
  return ids;
}

/** The same for so many pictures, each with a content of its own. */
export async function chosenPictures(w: World, thread: Conversation, count: number): Promise<string[]> {
  const files: ChosenFile[] = [];
  for (let n = 0; n < count; n++) files.push({ bytes: await smallPicture(), name: `picture ${n + 1}.png` });
  return chosen(w, thread, files);
}
