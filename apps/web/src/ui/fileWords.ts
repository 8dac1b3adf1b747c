import { useTranslation } from "react-i18next";

/** A newer server may do more than this page has words for. */
const REPAIRS = "rename clean_name convert first_frame orient to_srgb shrink strip_metadata".split(" ");
const NOTES = "password_protected sent_as_file".split(" ");

/** What was done to a file before it is sent, and what its sender should know of it: the same words before and after sending. */
export function useFileWords() {
  const { t } = useTranslation("composer");
  return {
    /** One line; empty where nothing was done that there are words for. */
    repairs: (repairs: readonly string[]): string =>
      repairs
        .filter((repair) => REPAIRS.includes(repair))
        .map((repair) => t(`upload.repair.${repair}`))
        .join(t("upload.between")),
    notes: (notes: readonly string[]): string[] =>
      notes.filter((note) => NOTES.includes(note)).map((note) => t(`upload.note.${note}`)),
  };
}
