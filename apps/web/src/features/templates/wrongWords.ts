import { useTranslation } from "react-i18next";
import { useFaultWords } from "../../ui/faultWords.ts";

/** What a field that Meta would refuse says, in one line: what is wrong, what to do. */
export function useWrongWords(): (fault: string) => string {
  const { t } = useTranslation("templates");
  const words = useFaultWords();
  return (fault) => {
    const { title, fix } = words(fault);
    return fix ? t("wrong", { title, fix }) : title || fault;
  };
}
