export { createLookUp, type LookUp } from "./look.ts";
export { lookAgain } from "./unsettled.ts";
export { createOutcomeWatch } from "./watch.ts";
