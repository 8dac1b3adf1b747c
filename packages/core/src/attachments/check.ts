import type { FaultCode } from "../faults/index.ts";
import type { Platform } from "../ways/index.ts";
import { isBannedName, isBannedType } from "./banned.ts";
import { ATTACHMENT_LIMITS, type AttachmentKind, attachmentKind, baseType, CONVERTIBLE_IMAGES } from "./kinds.ts";
import { cleanName, isMisleading, isNameWrong, isRecognisable, renamed } from "./names.ts";

/**
 * What was done to a file so that Meta takes it and nothing private leaves with it.
 * - `rename`: the ending became that of the content. `clean_name`: invisible characters removed, or shortened.
 * - `convert`: another picture format. `shrink`: fewer bytes. `first_frame`: movement or further pages are lost.
 * - `orient`: turned upright. `to_srgb`: colours for print became those of screens.
 * - `strip_metadata`: place, camera and hidden content removed, the picture itself untouched.
 */
export type AttachmentRepair =
  | "rename"
  | "clean_name"
  | "convert"
  | "shrink"
  | "first_frame"
  | "orient"
  | "to_srgb"
  | "strip_metadata";

export interface AttachmentFacts {
  platform: Platform;
  declaredName: string;
  /** Type read from the content, never from the name or the browser; null: the bytes match no known type. */
  contentType: string | null;
  /** Bytes. */
  size: number;
  /** Result of decoding, where it was tried: false means broken. */
  decodable?: boolean | null;
  /** A page or picture that holds a script. */
  active?: boolean;
}

export interface AttachmentCheck {
  verdict: "ok" | "repairable" | "refused";
  /** What a repair or a refusal is about; null where it is ok, or where only the name is tidied. */
  cause: FaultCode | null;
  kind: AttachmentKind | null;
  /** What would make it acceptable, in the order to be done; empty unless repairable. */
  repairs: AttachmentRepair[];
  /** The name it should be sent under. */
  name: string;
}

/**
 * Judges a file before its upload, so that #100 “Upload attachment failure” is prevented and its cause named (S7):
 * damaged, not a kind Meta takes, or a name that belies the content. Only harmless repairs are offered.
 */
export function checkAttachment(facts: AttachmentFacts): AttachmentCheck {
  const { size } = facts;
  const name = cleanName(facts.declaredName);
  const type = facts.contentType === null ? null : baseType(facts.contentType);
  if (size <= 0) return refuse("attachment_damaged", null, name);
  if (isBannedType(type, facts.active ?? false)) {
    const belies = isRecognisable(name) && (!facts.active || isNameWrong(name, type ?? ""));
    return refuse(belies ? "attachment_name_mismatch" : "attachment_banned", null, name);
  }
  if (isBannedName(name)) return refuse("attachment_banned", null, name);
  if (facts.decodable === false) return refuse("attachment_damaged", null, name);
  const repairs: AttachmentRepair[] = name === facts.declaredName ? [] : ["clean_name"];
  if (type === null) return checkUnrecognised(facts, name, repairs);
  if (isMisleading(name, type)) return refuse("attachment_name_mismatch", null, name);
  const kind = attachmentKind(facts.platform, type);
  if (kind === null) return refuse("attachment_unsupported", null, name);

  const causes: FaultCode[] = [];
  if (CONVERTIBLE_IMAGES.has(type)) {
    repairs.push("convert");
    causes.push("attachment_unsupported");
  } else if (isNameWrong(name, type)) {
    repairs.push("rename");
    causes.push("attachment_name_mismatch");
  }
  if (size > ATTACHMENT_LIMITS[facts.platform][kind].maxBytes) {
    // A smaller GIF would lose its movement; sound and film would lose quality the sender did not agree to.
    if (kind !== "image" || type === "image/gif") return refuse("attachment_too_large", kind, name);
    repairs.push("shrink");
    causes.push("attachment_too_large");
  }
  return accept(kind, repairs, causes[0] ?? null, causes.length > 0 ? renamed(name, type) : name);
}

/** Rare formats have no signature: fine as a file on Messenger, unless the name promises a format that has one. */
function checkUnrecognised(
  { platform, size }: AttachmentFacts,
  name: string,
  repairs: AttachmentRepair[],
): AttachmentCheck {
  if (isRecognisable(name)) return refuse("attachment_damaged", null, name);
  if (platform === "instagram") return refuse("attachment_unsupported", null, name);
  if (size > ATTACHMENT_LIMITS.messenger.file.maxBytes) return refuse("attachment_too_large", "file", name);
  return accept("file", repairs, null, name);
}

const accept = (
  kind: AttachmentKind,
  repairs: AttachmentRepair[],
  cause: FaultCode | null,
  name: string,
): AttachmentCheck => ({ verdict: repairs.length > 0 ? "repairable" : "ok", cause, kind, repairs, name });

const refuse = (cause: FaultCode, kind: AttachmentKind | null, name: string): AttachmentCheck => ({
  verdict: "refused",
  cause,
  kind,
  repairs: [],
  name,
});
