import type { ReactNode } from "react";
import { ApiProblem } from "../lib/api.ts";
import { Notice } from "./Notice.tsx";
import classes from "./page.module.css";
import { useProblemText } from "./problemText.ts";

/** Why something the person asked for did not happen, with the next step. Nothing while there is no error. */
export function ProblemNotice({ error, title, actions }: { error: unknown; title?: string; actions?: ReactNode }) {
  const words = useProblemText();
  if (!error) return null;
  const { title: told, detail, fix } = words(error);
  const fields = error instanceof ApiProblem ? (error.problem.errors ?? []) : [];
  return (
    <Notice tone="bad" title={title ?? told} actions={actions} live testId="problem">
      {detail ? <p>{detail}</p> : null}
      {fields.length > 0 ? (
        <ul className={classes.noticeErrors}>
          {fields.map((field) => (
            <li key={field.path}>{field.message}</li>
          ))}
        </ul>
      ) : null}
      {fix ? <p>{fix}</p> : null}
    </Notice>
  );
}
