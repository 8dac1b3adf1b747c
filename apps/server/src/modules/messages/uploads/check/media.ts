import {
  ADTS,
  BufferSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  MPEG_TS,
  OGG,
  QTFF,
  UnsupportedInputFormatError,
  WAVE,
  WEBM,
} from "mediabunny";
import { isWhole } from "./whole.ts";

export interface ProvenMedia {
  decodable: boolean | null;
  /** Corrected by the tracks: a container for film that holds sound alone is sound. */
  type: string;
}

/** Formats a parser was written for. Playlists are left out on purpose: they would name further files. */
const FORMATS = [MP4, QTFF, MATROSKA, WEBM, OGG, WAVE, MP3, ADTS, FLAC, MPEG_TS];
const PARSED =
  /^(audio\/(mpeg|aac|mp4|x-m4a|m4a|wav|x-wav|vnd\.wave|ogg|opus|flac|x-flac|webm)|application\/ogg|video\/(mp4|x-m4v|quicktime|webm|matroska|x-matroska|mp2t|3gpp|3gpp2))$/;
/** Known by their structure alone. */
const WALKED = /^video\/(x-msvideo|vnd\.avi|avi|ogg)$/;
/** What the container of a film is called when it holds sound alone. */
const SOUND: Readonly<Record<string, string>> = {
  "video/mp4": "audio/mp4",
  "video/x-m4v": "audio/mp4",
  "video/3gpp": "audio/mp4",
  "video/quicktime": "audio/mp4",
  "video/webm": "audio/webm",
  "video/matroska": "audio/x-matroska",
  "application/ogg": "audio/ogg",
};

/**
 * Whether sound or film has a readable header, at least one track and a length, and is all there. Nothing is played: what
 * the frames hold is not looked at. Null: a format nothing here can open.
 */
export async function proveMedia(bytes: Buffer, type: string): Promise<ProvenMedia> {
  if (!PARSED.test(type) && !WALKED.test(type)) return { decodable: null, type };
  if (!isWhole(bytes, type)) return { decodable: false, type };
  if (WALKED.test(type)) return { decodable: true, type };
  const input = new Input({ source: new BufferSource(bytes), formats: FORMATS });
  try {
    const tracks = await input.getTracks();
    const shown = tracks.filter((track) => track.type === "video" || track.type === "audio");
    if (shown.length === 0) return { decodable: false, type };
    const promised = await input.getDurationFromMetadata();
    const found = await input.computeDuration();
    // A header may round, and streams may begin late; half of what was promised is a file cut short.
    const decodable = found > 0 && Number.isFinite(found) && (promised === null || found >= promised * 0.5);
    const sound = shown.every((track) => track.type === "audio");
    return { decodable, type: sound ? (SOUND[type] ?? type) : type === "application/ogg" ? "video/ogg" : type };
  } catch (error) {
    // One of a family that the signature covers and the parser does not.
    if (error instanceof UnsupportedInputFormatError && type === "application/ogg") return { decodable: null, type };
    return { decodable: false, type };
  } finally {
    input.dispose();
  }
}
