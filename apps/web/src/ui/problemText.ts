import { faultText, isFaultCode } from "@firstline/core";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../lib/api.ts";

export interface ProblemText {
  title: string;
  detail: string;
  fix: string;
}

/**
 * Words for anything that was thrown, in the person's language: what only the browser can know (no connection, an
 * answer that is no problem document) from here, every code of the catalogue from there, the rest as the server put it.
 */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t, i18n } = useTranslation();
  const own = (key: "unreachable" | "unexpected") => ({
    title: t(`problem.${key}.title`),
    detail: "",
    fix: t(`problem.${key}.fix`),
  });
  return (error) => {
    if (!(error instanceof ApiProblem)) return own("unexpected");
    const { code, title, detail, fix, errors } = error.problem;
    if (code === "unreachable") return own("unreachable");
    const named = errors?.map((each) => `${each.path}: ${each.message}`).join("\n") ?? "";
    if (isFaultCode(code) && code !== "unexpected") {
      const words = faultText(code, i18n.language === "zh-TW" ? "zh-TW" : "en");
      return { title: words.title, detail: named || words.explain, fix: words.fix };
    }
    if (!title) return own("unexpected");
    return { title, detail: named || (detail === title ? "" : detail), fix };
  };
}
