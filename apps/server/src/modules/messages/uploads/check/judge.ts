import { readFile, stat, writeFile } from "node:fs/promises";
import { type AttachmentCheck, type AttachmentRepair, checkAttachment, type FaultCode, renamed } from "@firstline/core";
import { isWholeArchive, provePdf } from "./documents.ts";
import { decodeImage, makeSendable } from "./image.ts";
import { proveMedia } from "./media.ts";
import { blankPlace } from "./place.ts";
import { TooManyPixels } from "./raw-image.ts";
import { sniff } from "./sniff.ts";
import type { AttachmentNote, CheckJob, Judged } from "./verdict.ts";

const ARCHIVE = /^application\/(zip|epub\+zip|vnd\.(openxmlformats-officedocument|oasis\.opendocument)\.)/;

/**
 * What a file is, whether it can be opened, and a copy of it that Meta takes where it needs repair (S7). Runs in a process of
 * its own: it unpacks what strangers made.
 */
export async function judge(job: CheckJob): Promise<Judged> {
  const { size } = await stat(job.input);
  const { type, active } = await sniff(job.input, size);
  const facts = { platform: job.platform, declaredName: job.name, size, active };
  // What can be refused by name, type and size is not opened.
  const first = checkAttachment({ ...facts, contentType: type, decodable: null });
  if (first.verdict === "refused") return refused(first, type);
  if (first.kind === "image") return judgeImage(job, type!, first);

  if (type !== null && /^(audio|video)\/|^application\/ogg$/.test(type)) {
    const bytes = await readFile(job.input);
    const proof = await proveMedia(bytes, type);
    const check = checkAttachment({ ...facts, contentType: proof.type, decodable: proof.decodable });
    if (check.verdict === "refused") return refused(check, proof.type);
    if (!blankPlace(bytes)) return accepted(job, check, proof.type);
    await writeFile(job.output, bytes);
    return accepted(job, check, proof.type, { path: job.output, repairs: ["strip_metadata"] });
  }
  if (type === "application/pdf") {
    const { decodable, isLocked } = await provePdf(await readFile(job.input));
    const check = checkAttachment({ ...facts, contentType: type, decodable });
    if (check.verdict === "refused") return refused(check, type);
    return accepted(job, check, type, { notes: isLocked ? ["password_protected"] : [] });
  }
  if (type !== null && ARCHIVE.test(type) && !isWholeArchive(await readFile(job.input)))
    return refused({ ...first, cause: "attachment_damaged" }, type);
  return accepted(job, first, type ?? "application/octet-stream");
}

async function judgeImage(job: CheckJob, type: string, check: AttachmentCheck): Promise<Judged> {
  const refuse = (cause: FaultCode) => refused({ ...check, cause }, type);
  const image = await decodeImage(job.input, type).catch((error: unknown) => (error instanceof Error ? error : null));
  if (image === null || image instanceof Error)
    return refuse(image instanceof TooManyPixels ? "attachment_too_many_pixels" : "attachment_damaged");
  const made = await makeSendable(image, { ...job, type, wanted: check.repairs });
  if (made === null) return refuse(isReencoded(check) ? "attachment_too_large" : "attachment_damaged");
  const { path, width, height, repairs } = made;
  return {
    ...accepted(job, check, made.type, { path }),
    ...{ name: renamed(check.name, made.type), repairs, width, height },
    verdict: repairs.length > 0 ? "repaired" : "ok",
  };
}

const isReencoded = ({ repairs }: AttachmentCheck) => repairs.includes("shrink") || repairs.includes("convert");

function accepted(
  job: CheckJob,
  check: AttachmentCheck,
  contentType: string,
  done: { path?: string; repairs?: AttachmentRepair[]; notes?: AttachmentNote[] } = {},
): Judged {
  const repairs = [...check.repairs, ...(done.repairs ?? [])];
  const asFile = check.kind === "file" && /^(image|audio|video)\//.test(contentType);
  return {
    verdict: repairs.length > 0 ? "repaired" : "ok",
    cause: check.cause,
    repairs,
    notes: [...(done.notes ?? []), ...(asFile ? (["sent_as_file"] as const) : [])],
    kind: check.kind,
    name: check.name,
    // A drawing is sent as a file, never as a picture: under the type of one, what reads its content would find XML instead.
    contentType: contentType === "image/svg+xml" ? "application/octet-stream" : contentType,
    width: null,
    height: null,
    path: done.path ?? job.input,
  };
}

const refused = (check: AttachmentCheck, type: string | null): Judged => ({
  verdict: "refused",
  cause: check.cause,
  repairs: [],
  notes: [],
  kind: check.kind,
  name: check.name,
  contentType: type ?? "application/octet-stream",
  width: null,
  height: null,
  path: "",
});
