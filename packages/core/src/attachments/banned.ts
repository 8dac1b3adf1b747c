/**
 * Content that runs on the computer of whoever opens it. Meta answers 546 to types it does not allow and gives no list
 * (seen with pages of HTML; jgorset/facebook-messenger #221, 2018): this is what mail services refuse as well.
 */
const TYPES: ReadonlySet<string> = new Set([
  "application/x-msdownload",
  "application/vnd.microsoft.portable-executable",
  "application/x-elf",
  "application/x-mach-binary",
  "application/x-ms-shortcut",
  "application/x.ms.shortcut",
  "application/x.apple.alias",
  "application/java-archive",
  "application/java-vm",
  "application/vnd.android.package-archive",
  "application/x-debian-package",
  "application/x-deb",
  "application/x-rpm",
  "application/wasm",
  "text/html",
  "text/x-script",
]);

const ENDINGS: ReadonlySet<string> = new Set(
  "exe msi msix msp bat cmd com scr pif cpl dll sys lnk url hta js jse mjs vbs vbe wsf wsh ps1 psm1 sh bash command jar apk appx app deb rpm reg html htm xhtml shtml mht".split(
    " ",
  ),
);

/** Whether the content is a program, script or page; `active`: a picture or document that holds a script. */
export function isBannedType(type: string | null, active: boolean): boolean {
  return active || (type !== null && TYPES.has(type));
}

/** Whether the last ending is that of a program, script or page, whatever the content: that is what a computer goes by. */
export function isBannedName(name: string): boolean {
  const ending = /\.([a-z0-9]{1,10})[\s.]*$/i.exec(name)?.[1]?.toLowerCase();
  return ending !== undefined && ENDINGS.has(ending);
}
