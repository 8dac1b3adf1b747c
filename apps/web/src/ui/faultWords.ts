import { faultText, isFaultCode } from "@firstline/core";
import { useTranslation } from "react-i18next";

interface Told {
  title: string;
  explain: string;
  fix: string;
}

/** Words of the catalogue in the reader's language; for a code this version does not know, what the server said. */
export function useFaultWords(): (code: string, told?: Told) => Told {
  const { i18n } = useTranslation();
  return (code, told) => {
    if (isFaultCode(code)) return faultText(code, i18n.language === "zh-TW" ? "zh-TW" : "en");
    return told ?? { title: code, explain: "", fix: "" };
  };
}
