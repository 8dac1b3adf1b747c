/** A name Meta takes (lower-case letters, digits, underscores), made from a title; empty where the title has no such letters. */
export function suggestTemplateName(title: string): string {
  return title
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60);
}
