/** Version of the program, as the API and the health probe tell it. */
export const VERSION = "0.1.0";
