import { useTranslation } from "react-i18next";
import { ApiProblem } from "../lib/api.ts";

export interface ProblemText {
  title: string;
  detail: string;
  fix: string;
}

/**
 * Words for anything that was thrown. What only the browser can know (no connection, an answer that is no problem
 * document) is said here; the rest is the server's, which speaks the language of the screen.
 */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t } = useTranslation();
  const own = (key: "unreachable" | "unexpected") => ({
    title: t(`problem.${key}.title`),
    detail: "",
    fix: t(`problem.${key}.fix`),
  });
  return (error) => {
    if (!(error instanceof ApiProblem)) return own("unexpected");
    const { code, title, detail, fix, errors } = error.problem;
    if (code === "unreachable") return own("unreachable");
    if (!title) return own("unexpected");
    const named = errors?.map((each) => `${each.path}: ${each.message}`).join("\n") ?? "";
    return { title, detail: named || (detail === title ? "" : detail), fix };
  };
}
