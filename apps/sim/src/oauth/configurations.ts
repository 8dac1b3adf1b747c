import type { LoginConfiguration } from "../store/access.ts";
import { ALL_SCOPES } from "../store/tokens.ts";
import type { MetaApp } from "../store/types.ts";

/** The one business portfolio of this world: it owns every Page. */
export const BUSINESS = { id: "2190000000000001", name: "Harbour Group" };

/** Configurations of Facebook Login for Business every app begins with (Facebook Login for Business, 2026-05-05). */
const GIVEN: LoginConfiguration[] = [
  { id: "1519000000000001", name: "User token", tokenType: "user", expires: "never", permissions: ALL_SCOPES },
  {
    id: "1519000000000002",
    name: "Business Integration System User, never expires",
    tokenType: "system_user",
    expires: "never",
    permissions: ALL_SCOPES,
  },
  {
    id: "1519000000000003",
    name: "Business Integration System User, 60 days",
    tokenType: "system_user",
    expires: "60_days",
    permissions: ALL_SCOPES,
  },
];

/** All configurations of an app; one made by hand replaces a given one of the same id. */
export function configurationsOf(app: MetaApp): LoginConfiguration[] {
  const own = app.configurations ?? [];
  return [...GIVEN.filter(({ id }) => !own.some((one) => one.id === id)), ...own];
}
