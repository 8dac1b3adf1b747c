import { localStorageColorSchemeManager } from "@mantine/core";

/** Shares its key with public/color-scheme.js, which paints the first frame in the right colours. */
export const schemeManager = localStorageColorSchemeManager({ key: "firstline.scheme" });
