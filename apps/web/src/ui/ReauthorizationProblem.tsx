import type { ReauthorizationResult } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { useFaultWords } from "./faultWords.ts";

/** Title of what went wrong, for a heading. */
export function useReauthorizationProblem(result: ReauthorizationResult): {
  title: string;
  text: string;
  fix: string;
  missing: string[];
} {
  const { t, i18n } = useTranslation("reauthorize");
  const words = useFaultWords();
  const { problem, granted } = result;
  const page = result.page.name;
  const names = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(granted);
  switch (problem?.code) {
    case "page_mismatch":
      return {
        title: t("problem.otherPage.title"),
        text: t("problem.otherPage.text", { names, page }),
        fix: t("problem.chooseAnew", { page }),
        missing: [],
      };
    case "no_pages_granted":
      return {
        title: t("problem.noPage.title"),
        text: t("problem.noPage.text", { page }),
        fix: t("problem.chooseAnew", { page }),
        missing: [],
      };
    case "token_missing_permission":
      return {
        title: t("problem.permissions.title"),
        text: t("problem.permissions.text", { page }),
        fix: t("problem.permissions.fix", { page }),
        missing: result.missing,
      };
    case "page_task_missing":
      return {
        title: t("problem.tasks.title", { page }),
        text: t("problem.tasks.text"),
        fix: t("problem.tasks.fix"),
        missing: [],
      };
    case "instagram_not_linked":
      return {
        title: t("problem.instagram.title"),
        text: t("problem.instagram.text", { names, page }),
        fix: t("problem.instagram.fix"),
        missing: [],
      };
    default: {
      const told = words(problem?.code ?? "unexpected", problem ?? undefined);
      return { title: told.title, text: told.explain, fix: told.fix, missing: [] };
    }
  }
}

/** Why a Page did not get its access, by name where names are known, and what to do. */
export function ReauthorizationProblem({ result }: { result: ReauthorizationResult }) {
  const { t, i18n } = useTranslation("reauthorize");
  const { title, text, fix, missing } = useReauthorizationProblem(result);
  return (
    <>
      <b>{title}</b>
      <p>{text}</p>
      {missing.length > 0 ? (
        <ul>
          {missing.map((permission) => (
            <li key={permission}>
              {i18n.exists(`reauthorize:permission.${permission}`) ? `${t(`permission.${permission}`)} ` : ""}
              <code>{permission}</code>
            </li>
          ))}
        </ul>
      ) : null}
      {result.said ? <p>{t("problem.said", { text: result.said })}</p> : null}
      <p>{fix}</p>
    </>
  );
}
