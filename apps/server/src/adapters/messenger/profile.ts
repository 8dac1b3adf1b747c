import { MessengerProfile } from "@firstline/meta-wire";
import type { GraphFailure, GraphRequest, ProfileResult } from "../channel.ts";
import { matchProfileFailure, type ProfileRefusal } from "../shared/profile-failure.ts";

/**
 * `locale`, `timezone` and `gender` each need a permission of their own, and asking without it costs the whole answer
 * (2018247), so only the plain members are asked for ("User Profile", 2026-03-18).
 */
export function buildMessengerProfileRead(contactId: string): GraphRequest {
  return { method: "GET", path: `/${contactId}`, query: { fields: "name,first_name,last_name,profile_pic" } };
}

/** `{}`, or an answer with no name and no picture, means that the app may not see the person ("User Profile", 2026-03-18). */
export function readMessengerProfile(body: unknown): ProfileResult {
  const result = MessengerProfile.safeParse(body);
  if (!result.success) return { ok: false, reason: "unknown" };
  const { name, first_name, last_name, profile_pic, locale } = result.data;
  const parts = [first_name, last_name].filter((part) => part !== null).join(" ");
  const shown = name ?? (parts || null);
  if (shown === null && profile_pic === null) return { ok: false, reason: "no_access" };
  return { ok: true, name: shown, username: null, pictureUrl: profile_pic, locale };
}

/** Source: error codes page of 2026-06-25 and user reports; subcode first, since 100 and 10 mean many things. */
const refusals: readonly ProfileRefusal[] = [
  { subcode: 2018218, reason: "phone_number_account" },
  { text: /no profile available/i, reason: "phone_number_account" },
  { subcode: 2018247, reason: "permission_missing" },
  { text: /insufficient permission/i, reason: "permission_missing" },
  { code: 230, reason: "no_consent" },
  { text: /user consent is required/i, reason: "no_consent" },
  { code: 100, subcode: 33, reason: "no_access" },
  { code: 100, subcode: 2018001, reason: "no_access" },
  { code: 100, text: /does not exist, cannot be loaded/i, reason: "no_access" },
  // Players of Instant Games, and the European privacy rules of 2020 to 2021.
  { code: 10, reason: "no_access" },
  { code: 3, reason: "permission_missing" },
  { code: 200, reason: "permission_missing" },
];

export function messengerProfileFailure(failure: GraphFailure): ProfileResult {
  return matchProfileFailure(failure, refusals);
}
