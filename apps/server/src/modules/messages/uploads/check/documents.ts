import { getDocumentProxy } from "unpdf";

/** Readers look for the end mark in the last kilobyte (ISO 32000-1, Annex H, note 18); blanks behind it are common. */
const PDF_END = 4_096;

/** Whether a PDF opens and has a page. One that needs a password is recognised, and its content stays unknown. */
export async function provePdf(bytes: Buffer): Promise<{ decodable: boolean; isLocked: boolean }> {
  if (!bytes.subarray(-PDF_END).includes("%%EOF")) return { decodable: false, isLocked: false };
  try {
    const document = await getDocumentProxy(new Uint8Array(bytes), {
      stopAtErrors: true,
      verbosity: 0,
    });
    const decodable = document.numPages > 0 && (await document.getPage(1)) !== null;
    await document.loadingTask.destroy();
    return { decodable, isLocked: false };
  } catch (error) {
    const isLocked = error instanceof Error && error.name === "PasswordException";
    return { decodable: isLocked, isLocked };
  }
}

const ZIP_END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);

/** Whether an archive, or a document that is one, has its list of contents, which stands at the end. Nothing is unpacked. */
export function isWholeArchive(bytes: Buffer): boolean {
  return bytes.subarray(-65_557).includes(ZIP_END);
}
