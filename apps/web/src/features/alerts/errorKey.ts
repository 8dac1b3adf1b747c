import type { AlertError } from "@firstline/contracts";

/** The words for a reason; a status is shown where there is one. */
export const errorKey = (error: AlertError) => `error.${error}` as const;
