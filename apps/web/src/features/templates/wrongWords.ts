import { useTranslation } from "react-i18next";
import { useFaults, useFaultWords } from "../../ui/faultWords.ts";

/** What a field that Meta would refuse says, in one line: what is wrong, what to do. */
export function useWrongWords(): (fault: string) => string {
  const { t } = useTranslation("templates");
  const words = useFaultWords();
  // A form shows a fault as soon as something is typed: the words are fetched with it.
  useFaults();
  return (fault) => {
    const { title, fix } = words(fault);
    return fix ? t("wrong", { title, fix }) : title || t("wrongYet");
  };
}
