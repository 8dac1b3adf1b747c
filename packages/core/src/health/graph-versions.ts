/** One version of the Graph API. Dates are days, ISO 8601. */
export interface GraphVersion {
  version: string;
  released: string;
  /** The day from which calls are served by a newer version; null: Meta has named none yet. */
  until: string | null;
}

/**
 * Versions and their ends (Graph API, "Versions", developers.facebook.com/docs/graph-api/changelog/versions, read 2026-11-22). A
 * call to a version that has ended is not refused but served by the oldest one still usable ("Platform Versioning").
 */
export const GRAPH_VERSIONS: readonly GraphVersion[] = [
  { version: "v26.0", released: "2026-07-29", until: null },
  { version: "v25.0", released: "2026-02-18", until: "2028-07-29" },
  { version: "v24.0", released: "2025-10-08", until: "2028-02-18" },
  { version: "v23.0", released: "2025-05-29", until: "2027-10-08" },
  { version: "v22.0", released: "2025-01-21", until: "2027-05-20" },
  { version: "v21.0", released: "2024-10-02", until: "2027-01-21" },
  { version: "v20.0", released: "2024-05-21", until: "2026-09-24" },
  { version: "v19.0", released: "2024-01-23", until: "2026-05-21" },
  { version: "v18.0", released: "2023-09-12", until: "2026-01-26" },
];

/** Null: a version this list does not know. */
export const graphVersionOf = (version: string): GraphVersion | null =>
  GRAPH_VERSIONS.find((v) => v.version === version) ?? null;
