import type { FaultCode } from "../faults/index.ts";
import type { Platform } from "../ways/index.ts";
import { ATTACHMENT_LIMITS, type AttachmentKind, attachmentKind, baseType, CONVERTIBLE_IMAGES } from "./kinds.ts";
import { isNameWrong, isRecognisable, renamed } from "./names.ts";

export type AttachmentRepair = "rename" | "convert" | "shrink";

export interface AttachmentFacts {
  platform: Platform;
  declaredName: string;
  /** Type read from the content, never from the name or the browser; null: the bytes match no known type. */
  contentType: string | null;
  /** Bytes. */
  size: number;
  /** Result of decoding, where it was tried: false means broken. */
  decodable?: boolean | null;
}

export interface AttachmentCheck {
  verdict: "ok" | "repairable" | "refused";
  /** Why it is not simply ok. */
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
  const { declaredName: name, size } = facts;
  if (size <= 0 || facts.decodable === false) return refuse("attachment_damaged", null, name);
  if (facts.contentType === null) return checkUnrecognised(facts);
  const type = baseType(facts.contentType);
  const kind = attachmentKind(facts.platform, type);
  if (kind === null) return refuse("attachment_unsupported", null, name);

  const repairs: AttachmentRepair[] = [];
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
  if (repairs.length === 0) return { verdict: "ok", cause: null, kind, repairs, name };
  return { verdict: "repairable", cause: causes[0]!, kind, repairs, name: renamed(name, type) };
}

/** Texts and rare formats have no signature: fine as a file on Messenger, unless the name promises a format that has one. */
function checkUnrecognised({ platform, declaredName: name, size }: AttachmentFacts): AttachmentCheck {
  if (isRecognisable(name)) return refuse("attachment_damaged", null, name);
  if (platform === "instagram") return refuse("attachment_unsupported", null, name);
  if (size > ATTACHMENT_LIMITS.messenger.file.maxBytes) return refuse("attachment_too_large", "file", name);
  return { verdict: "ok", cause: null, kind: "file", repairs: [], name };
}

const refuse = (cause: FaultCode, kind: AttachmentKind | null, name: string): AttachmentCheck => ({
  verdict: "refused",
  cause,
  kind,
  repairs: [],
  name,
});
