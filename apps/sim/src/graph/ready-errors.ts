import type { GraphError } from "./error.ts";
import { knownError } from "./known/index.ts";

/** Errors the rules raise, by a short name; their bodies are in the catalogue of known errors. */
export const ready = {
  windowClosed: () => knownError(10, 2018278),
  windowClosedInstagram: () => knownError(10, 2534022),
  newsTag: () => knownError(10, 2018065),
  otherApp: () => knownError(10, 2018300),
  notThreadOwner: () => knownError(100, 2534037),
  wrongApp: () => knownError(100, 2018164),
  leadAd: () => knownError(10, 2018321),
  humanAgentNotApproved: () => knownError(100, 2018276),
  deadTag: () => knownError(100, 1893061),
  notAvailable: () => knownError(551, 1545041),
  uploadFailure: () => knownError(100, 2018047),
  noMatchingUser: () => knownError(100, 2018001),
  noMatchingInstagramUser: () => knownError(100, 2534014),
  /** Restricted by Meta: since 2026-06-25 with a sub-code of its own, or as one of the older policy blocks. */
  restricted: (code?: 368 | 2022) => (code === undefined ? knownError(10, 1893063) : knownError(code)),
  fetchFailed: () => knownError(100, 2018008),
  fetchStalled: () => knownError(-2),
  brokenVideo: () => knownError(100, 2018294),
  attachmentId: () => knownError(100, 2018074),
  tooLarge: () => knownError(100, 2018109),
  severalImagesOff: () => knownError(100, 2534068),
  messageAndState: () => knownError(100, 2018014),
  emptyMessage: () => knownError(100, 2018034),
  bannedFile: () => knownError(546),
  messageGone: () => knownError(9000001),
  instagramAccessOff: () => knownError(200, 2534041),
  capability: () => knownError(3),
  development: () => knownError(200, 2018028),
  repliedAlready: () => knownError(10900),
  cannotReplyPrivately: () => knownError(10903),
  instagramComment: () => knownError(100, 2534025),
  templateParameter: () => knownError(100, 1893043),
} satisfies Record<string, (code?: 368 | 2022) => GraphError>;
