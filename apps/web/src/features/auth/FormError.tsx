import { IconAlertCircle } from "@tabler/icons-react";
import { useProblemText } from "../../ui/problemText.ts";
import classes from "./auth.module.css";

/** Why the form was not accepted. `text` wins over the words of the problem. */
export function FormError({ error, text }: { error: unknown; text?: string | null }) {
  const words = useProblemText();
  if (!error && !text) return null;
  const problem = error ? words(error) : null;
  return (
    <div className={classes.error} role="alert" data-testid="form-error">
      <IconAlertCircle size={17} stroke={1.8} aria-hidden />
      <span>{text ?? [problem?.title, problem?.fix].filter(Boolean).join(" · ")}</span>
    </div>
  );
}
