interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

const onMac = typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.platform);

export const EMOJI_KEY = onMac ? "⌘E" : "Ctrl+E";

/** Opens the emoji from within the text. On a Mac Ctrl+E goes to the end of the line and stays free. */
export const isEmojiKey = (event: Key, mac = onMac): boolean =>
  event.key.toLowerCase() === "e" &&
  (mac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) &&
  !event.altKey &&
  !event.shiftKey;
