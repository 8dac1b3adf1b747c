/** An id as it is stored: PostgreSQL's text takes no NUL and no half of a surrogate pair, and Meta's JSON may hold both. */
export const storable = (id: string | null): string | null => id?.toWellFormed().replaceAll("\0", "\uFFFD") ?? null;
