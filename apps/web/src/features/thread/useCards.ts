import { useLater } from "../../lib/later.ts";

const load = () => import("./cards.ts");

/** Cards are in few threads, so they come when the first of them does; null until then. */
export const useCards = () => useLater(load, true);
