/** Elements a page begins with: what a browser would sniff as HTML (WHATWG MIME Sniffing §7.1, shortened). */
const PAGE = /^<(!doctype html|html|head|body|script|iframe|h1|div|table|style|title|meta|a\b)/i;
const SCRIPT_IN_PICTURE =
  /<script|<foreignObject|<iframe|<embed|<object|\son[a-z]+\s*=|javascript:|<!ENTITY|<handler|href\s*=\s*["']?data:text\/html/i;

/**
 * Type of a file that is text, from its beginning (a few thousand characters suffice); null: it is no text.
 * Texts have no signature, yet a page, a script or a drawing must be known as what it is.
 */
export function textType(beginning: string): string | null {
  const text = beginning.replace(/^\uFEFF/, "");
  if (text.startsWith("#!")) return "text/x-script";
  const content = withoutPreamble(text);
  if (/^<svg[\s>/]/i.test(content) || /^<!doctype svg/i.test(content)) return "image/svg+xml";
  if (PAGE.test(content)) return "text/html";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells other content from text.
  return /[\u0000-\u0008\u000E-\u001A\u001C-\u001F\uFFFD]/.test(text) ? null : "text/plain";
}

/** Whether a drawing holds anything that runs or draws in foreign content, anywhere. Rather one too many than one too few. */
export function isActiveSvg(whole: string): boolean {
  return SCRIPT_IN_PICTURE.test(whole);
}

/** Without white space, XML declaration and comments, which may stand before what says the type. */
function withoutPreamble(text: string): string {
  let rest = text.trimStart();
  for (;;) {
    const end = rest.startsWith("<!--") ? "-->" : rest.startsWith("<?") ? "?>" : null;
    const at = end === null ? -1 : rest.indexOf(end);
    if (end === null || at < 0) return rest;
    rest = rest.slice(at + end.length).trimStart();
  }
}
