const NAMED: Record<string, string> = {
  love: "❤️",
  smile: "😆",
  wow: "😮",
  sad: "😢",
  angry: "😠",
  like: "👍",
  dislike: "👎",
};

/** Names of Meta's reactions; any other emoji is `other` (meta-receiving §2.5). */
export function reactionOf(input: string): { reaction: string; emoji: string } {
  const emoji = NAMED[input];
  if (emoji) return { reaction: input, emoji };
  const name = Object.keys(NAMED).find((key) => NAMED[key] === input || NAMED[key]?.replace("\ufe0f", "") === input);
  return { reaction: name ?? "other", emoji: input };
}
