/** The server counts to this and no further; more is as good as more than anybody looks through. */
const MOST = 1_000;

/** A count as it is shown: beyond what is counted exactly it says so. */
export const capped = (count: number): string => (count >= MOST ? `${MOST - 1}+` : String(count));
