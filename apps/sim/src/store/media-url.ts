import type { Sim } from "../sim.ts";
import type { StoredAttachment } from "./types.ts";

/** Where others fetch a medium from; stands for Meta's `scontent.*.fbcdn.net` and `cdn.fbsbx.com`. */
function blobUrl(sim: Sim, blobId: string): string {
  const meta = sim.store.state.blobs[blobId];
  return `${sim.baseUrl()}/_cdn/${blobId}/${encodeURIComponent(meta?.name ?? "file")}?_nc_sid=ae9488`;
}

export function attachmentUrl(sim: Sim, attachment: StoredAttachment): string | undefined {
  return attachment.blobId ? blobUrl(sim, attachment.blobId) : attachment.url;
}

export function avatarUrl(sim: Sim, id: string): string {
  return `${sim.baseUrl()}/_cdn/avatar/${id}.png`;
}
