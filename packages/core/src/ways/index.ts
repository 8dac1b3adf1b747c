export { type Author, DAY_MS, HOUR_MS, type Opener, type Platform, type Way, type WayContent } from "./way.ts";
export { AD_WINDOW_MS, isRetired, isWayValid, WAY_NAMES, WAYS, type WayName, wayNamed } from "./ways.ts";
