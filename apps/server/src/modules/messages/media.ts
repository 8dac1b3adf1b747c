import { fileTypeFromBuffer } from "file-type";
import { sql } from "kysely";
import sharp from "sharp";
import type { Deps } from "../../deps.ts";
import { writeEvents } from "../../platform/outbox/index.ts";

/** Meta's own limit for anything a person can send is 25 MB; a little room for its changes. */
const LARGEST_FILE = 40_000_000;

/** Meta's links to files expire within hours: a job copies each at once, and it is shown from here for ever. */
export function fetchMedia(deps: Deps): void {
  deps.jobs.define<{ workspaceId: string; attachmentId: string }>(
    "media.fetch",
    { retryLimit: 8, concurrency: 4 },
    async ({ workspaceId, attachmentId }) => {
      const { rows } = await sql<{
        remote_url: string;
        message_id: string;
        conversation_id: string;
        title: string | null;
        kind: string;
      }>`
      select remote_url, message_id, conversation_id, title, kind from attachment where workspace_id = ${workspaceId} and id = ${attachmentId} and state in ('pending', 'failed') and remote_url is not null`.execute(
        deps.db,
      );
      const file = rows[0];
      if (!file) return;
      const changed = {
        workspaceId,
        type: "message.updated" as const,
        conversationId: file.conversation_id,
        subjectId: file.message_id,
      };
      try {
        const { bytes, contentType } = await deps.fetch.read(file.remote_url, {
          maxBytes: LARGEST_FILE,
          timeoutMs: 60_000,
        });
        const type =
          (await fileTypeFromBuffer(bytes))?.mime ?? contentType?.split(";")[0]?.trim() ?? "application/octet-stream";
        const size = type.startsWith("image/")
          ? await sharp(bytes, { limitInputPixels: 100_000_000 })
              .metadata()
              .catch(() => null)
          : null;
        const key = `${workspaceId}/media/${attachmentId}`;
        await deps.blobs.put(key, bytes, type);
        await deps.db.transaction().execute(async (tx) => {
          // Unsent meanwhile: then the content is not kept.
          const { rows: kept } = await sql`
          update attachment set state = 'stored', blob_key = ${key}, content_type = ${type}, size = ${bytes.length}, width = ${size?.width ?? null}, height = ${size?.height ?? null}, name = coalesce(name, ${nameFrom(file.remote_url)})
          where workspace_id = ${workspaceId} and id = ${attachmentId} and remote_url is not null returning id`.execute(
            tx,
          );
          if (kept.length === 0) await deps.jobs.add("media.forget", [{ data: { key } }], tx);
          else await writeEvents(tx, [changed]);
        });
      } catch (error) {
        await deps.db.transaction().execute(async (tx) => {
          const { rows: now } =
            await sql`update attachment set state = 'failed' where workspace_id = ${workspaceId} and id = ${attachmentId} and state = 'pending' returning id`.execute(
              tx,
            );
          if (now.length > 0) await writeEvents(tx, [changed]);
        });
        throw error;
      }
    },
  );
  deps.jobs.define<{ key: string }>("media.forget", { retryLimit: 10 }, ({ key }) => deps.blobs.remove(key));
}

/** The last part of the address when it looks like a file's name. */
function nameFrom(url: string): string | null {
  const last = decodeURIComponent(new URL(url).pathname.split("/").at(-1) ?? "");
  return /^[^/\\]{1,120}\.[A-Za-z0-9]{2,5}$/.test(last) ? last : null;
}
