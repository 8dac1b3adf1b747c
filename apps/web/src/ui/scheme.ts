import { localStorageColorSchemeManager } from "@mantine/core";

/** Shares its key with public/assets/scheme.v1.js, which paints the first frame in the right colours. */
export const schemeManager = localStorageColorSchemeManager({ key: "firstline.scheme" });
