import { join } from "node:path";
import type { Readable } from "node:stream";
import { Disk } from "flydrive";
import { FSDriver } from "flydrive/drivers/fs";

/** Files: what customers sent, what agents send, profile pictures. Keys begin with the workspace. */
export interface Blobs {
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  get(key: string): Promise<Buffer>;
  stream(key: string): Promise<Readable>;
  remove(key: string): Promise<void>;
  /** Everything whose key begins with the folder. */
  removeFolder(folder: string): Promise<void>;
}

export function createBlobs(dataDir: string): Blobs {
  const disk = new Disk(new FSDriver({ location: join(dataDir, "blobs"), visibility: "private" }));
  return {
    put: (key, bytes, contentType) => disk.put(key, bytes, { contentType }),
    get: async (key) => Buffer.from(await disk.getBytes(key)),
    stream: (key) => disk.getStream(key),
    remove: (key) => disk.delete(key),
    removeFolder: (folder) => disk.deleteAll(folder),
  };
}
