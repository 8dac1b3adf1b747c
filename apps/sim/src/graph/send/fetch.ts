import { request } from "undici";
import { GraphError } from "../error.ts";
import { ready } from "../ready-errors.ts";
import type { FileToSend } from "./attachments.ts";

const READ_AT_MOST = 26 * 1024 * 1024;

/**
 * Meta fetches a URL while the sender waits: 10 s, 75 s for a video (Saving assets, 2026-04-22). An address that does not
 * answer is 2018008, one that begins and does not end -2, a video over its time 2018294 (meta-sending §4.4; where the line
 * between the first two runs is decided here).
 * @param timeoutMs instead of Meta's times.
 */
export async function fetchByUrl(url: string, kind: string, timeoutMs: number | null): Promise<FileToSend> {
  const signal = AbortSignal.timeout(timeoutMs ?? (kind === "video" ? 75_000 : 10_000));
  let begun = false;
  let target: URL;
  try {
    target = new URL(url);
  } catch {
    throw ready.fetchFailed();
  }
  try {
    for (let hop = 0; hop < 4; hop += 1) {
      if (target.protocol !== "http:" && target.protocol !== "https:") throw ready.fetchFailed();
      const response = await request(target, {
        signal,
        headers: { "user-agent": "facebookexternalhit/1.1", accept: "*/*" },
      });
      const location = response.headers.location;
      if (response.statusCode >= 300 && response.statusCode < 400 && typeof location === "string") {
        await response.body.dump();
        target = new URL(location, target);
        continue;
      }
      if (response.statusCode !== 200) {
        await response.body.dump();
        throw ready.fetchFailed();
      }
      begun = true;
      const chunks: Buffer[] = [];
      let size = 0;
      for await (const chunk of response.body) {
        size += (chunk as Buffer).length;
        if (size > READ_AT_MOST) throw ready.tooLarge();
        chunks.push(chunk as Buffer);
      }
      const contentType = response.headers["content-type"];
      return {
        bytes: Buffer.concat(chunks),
        name: decodeURIComponent(target.pathname.split("/").at(-1) ?? "") || "file",
        contentType: typeof contentType === "string" ? contentType : null,
        byUrl: true,
      };
    }
  } catch (error) {
    if (error instanceof GraphError) throw error;
    if (signal.aborted && kind === "video") throw ready.brokenVideo();
    if (begun) throw ready.fetchStalled();
  }
  throw ready.fetchFailed();
}
