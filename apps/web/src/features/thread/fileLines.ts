export interface FileLine {
  words: string;
  /** Of how many files it is true. */
  count: number;
}

/** What is said of several files, each thing once, in the order it first comes; nothing is said of nothing. */
export function fileLines<T>(files: readonly T[], wordsOf: (file: T) => readonly string[]): FileLine[] {
  const counts = new Map<string, number>();
  for (const file of files)
    for (const words of wordsOf(file)) if (words) counts.set(words, (counts.get(words) ?? 0) + 1);
  return [...counts].map(([words, count]) => ({ words, count }));
}
