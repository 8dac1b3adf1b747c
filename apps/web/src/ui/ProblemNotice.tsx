import type { ReactNode } from "react";
import { Notice } from "./Notice.tsx";
import { useProblemText } from "./problemText.ts";

interface Props {
  error: unknown;
  /** In place of the problem's own title and next step, where the screen knows better what was tried. */
  title?: string;
  fix?: string;
  actions?: ReactNode;
}

/** Why something the person asked for did not happen, with the next step. Nothing while there is no error. */
export function ProblemNotice({ error, title, fix, actions }: Props) {
  const words = useProblemText();
  if (!error) return null;
  const told = words(error);
  return (
    <Notice tone="bad" title={title ?? told.title} actions={actions} live testId="problem">
      {title && !told.detail ? <p>{told.title}</p> : null}
      {told.detail ? <p>{told.detail}</p> : null}
      {(fix ?? told.fix) ? <p>{fix ?? told.fix}</p> : null}
    </Notice>
  );
}
