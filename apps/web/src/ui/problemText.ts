import { useTranslation } from "react-i18next";
import { ApiProblem } from "../lib/api.ts";

export interface ProblemText {
  title: string;
  detail: string;
  fix: string;
}

/**
 * Words for anything that was thrown. What only the browser can know (no connection, not signed in, an unexpected
 * answer) is said in the person's language; the rest is the server's own text about its code.
 */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t, i18n } = useTranslation();
  return (error) => {
    if (!(error instanceof ApiProblem))
      return { title: t("problem.unexpected.title"), detail: "", fix: t("problem.unexpected.fix") };
    const { code, title, detail, fix } = error.problem;
    const own = i18n.exists(`problem.${code}.title`) ? code : title ? null : "unexpected";
    if (own) return { title: t(`problem.${own}.title`), detail: "", fix: t(`problem.${own}.fix`) };
    return { title, detail: detail === title ? "" : detail, fix };
  };
}
