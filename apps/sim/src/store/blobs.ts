import { mkdirSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { opaque } from "./ids.ts";
import type { Store } from "./store.ts";
import type { BlobMeta } from "./types.ts";

/** Media bytes: on disk beside the state, or in memory when there is no data directory. */
export class Blobs {
  private readonly memory = new Map<string, Uint8Array>();
  private readonly dir: string | null;
  private readonly store: Store;

  constructor(dir: string | null, store: Store) {
    this.dir = dir ? join(dir, "media") : null;
    this.store = store;
    if (this.dir) mkdirSync(this.dir, { recursive: true });
  }

  async put(bytes: Uint8Array, name: string, contentType: string): Promise<BlobMeta> {
    const meta: BlobMeta = { id: opaque(15), name, contentType, size: bytes.byteLength };
    if (this.dir) {
      const path = join(this.dir, meta.id);
      await writeFile(`${path}.tmp`, bytes);
      await rename(`${path}.tmp`, path);
    } else this.memory.set(meta.id, bytes);
    this.store.state.blobs[meta.id] = meta;
    this.store.touch();
    return meta;
  }

  async get(id: string): Promise<{ meta: BlobMeta; bytes: Uint8Array } | null> {
    const meta = this.store.state.blobs[id];
    if (!meta) return null;
    const bytes = this.dir ? await readFile(join(this.dir, meta.id)).catch(() => null) : this.memory.get(id);
    return bytes ? { meta, bytes } : null;
  }
}
