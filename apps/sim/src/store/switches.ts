/** Which of Meta's formats are sent: formats that changed over time, or that live bodies and pages show differently. */
export interface Versions {
  /** Until 2026-08-30 a sticker came as `image`, for some weeks as both, since then as `sticker` alone. */
  sticker: "image" | "both" | "sticker";
  /** An Instagram post shared: `share`, both beside each other since 2025-11-03, or `ig_post`. null: as it was written. */
  share: "share" | "both" | "ig_post" | null;
  /** `reply_to.is_self_reply`, since 2025-10-06. */
  replyToFlag: boolean;
  /** Name of a comment's id in Instagram's `comments`. */
  commentId: "id" | "comment_id";
  timestampUnit: "ms" | "s";
  /** Ids of sender, recipient and entry. */
  idsAs: "string" | "number";
}

/** Switches about what an event carries. */
export interface ContentSwitches {
  /** Dotted names of members taken out of every event, e.g. `message.text`, `sender`. */
  stripFields: string[] | null;
  versions: Versions;
  /** A Page that writes to another Page causes an event there. */
  pageToPageEvents: boolean;
  /** false: answers written in Instagram's own apps are not told (as from 2025-07-25 for some). */
  igEchoes: boolean;
}

export const TODAY: ContentSwitches = {
  stripFields: null,
  versions: {
    sticker: "sticker",
    share: null,
    replyToFlag: true,
    commentId: "id",
    timestampUnit: "ms",
    idsAs: "string",
  },
  pageToPageEvents: false,
  igEchoes: true,
};
