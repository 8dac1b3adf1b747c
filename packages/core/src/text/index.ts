export { splitText } from "./split.ts";
export { measureText, type TextMeasure } from "./text.ts";
