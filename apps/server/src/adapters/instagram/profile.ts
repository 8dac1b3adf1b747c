import { InstagramProfile } from "@firstline/meta-wire";
import type { GraphFailure, GraphRequest, ProfileResult } from "../channel.ts";
import { matchProfileFailure, type ProfileRefusal } from "../shared/profile-failure.ts";

/** `GET /{IGSID}` ("User Profile", Instagram messaging, read 2026-11). */
export function buildInstagramProfileRead(contactId: string): GraphRequest {
  return { method: "GET", path: `/${contactId}`, query: { fields: "name,username,profile_pic" } };
}

/** The display name may be null; the handle then stands in for it. */
export function readInstagramProfile(body: unknown): ProfileResult {
  const result = InstagramProfile.safeParse(body);
  if (!result.success) return { ok: false, reason: "unknown" };
  const { name, username, profile_pic } = result.data;
  if (name === null && username === null && profile_pic === null) return { ok: false, reason: "no_access" };
  return { ok: true, name: name ?? username, username, pictureUrl: profile_pic, locale: null };
}

/** Source: "User Profile" of Instagram messaging; codes 230 and 9010 as seen in chatwoot, read 2026-11. */
const refusals: readonly ProfileRefusal[] = [
  { code: 230, reason: "no_consent" },
  { text: /user consent is required/i, reason: "no_consent" },
  { code: 9010, reason: "no_access" },
  { subcode: 2534014, reason: "no_access" },
  { code: 100, subcode: 33, reason: "no_access" },
  { code: 100, text: /does not exist, cannot be loaded/i, reason: "no_access" },
  { code: 3, reason: "permission_missing" },
  { code: 10, reason: "permission_missing" },
  { code: 200, reason: "permission_missing" },
];

export function instagramProfileFailure(failure: GraphFailure): ProfileResult {
  return matchProfileFailure(failure, refusals);
}
