import type { Attachment } from "@firstline/contracts";

/** What the viewer can show in full: photos, and posts and stories of which Meta gave the picture. */
export const isPicture = ({ kind, url, contentType }: Attachment): boolean =>
  url !== null && (kind === "image" || (kind === "share" && (contentType?.startsWith("image/") ?? false)));
