export { type AlertWords, type News, tell } from "./tell.ts";
