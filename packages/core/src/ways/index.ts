export { type Author, DAY_MS, HOUR_MS, isWayValid, type Platform, WAYS, type Way, type WayName } from "./ways.ts";
