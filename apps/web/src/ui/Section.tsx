import { type ReactNode, useId } from "react";
import classes from "./page.module.css";

interface Props {
  title?: ReactNode;
  text?: ReactNode;
  actions?: ReactNode;
  /** The content brings its own padding: rows and tables that reach the edges. */
  flush?: boolean;
  testId?: string;
  children?: ReactNode;
}

/** A card of a settings page with its own heading. */
export function Section({ title, text, actions, flush, testId, children }: Props) {
  const id = useId();
  return (
    <section
      className={classes.section}
      aria-labelledby={title ? id : undefined}
      data-flush={flush || undefined}
      data-bare={(flush && !title) || undefined}
      data-testid={testId}
    >
      {title ? (
        <div className={classes.sectionHead}>
          <div className={classes.sectionWords}>
            <h2 id={id}>{title}</h2>
            {text ? <p>{text}</p> : null}
          </div>
          {actions}
        </div>
      ) : null}
      {children ? <div className={classes.sectionBody}>{children}</div> : null}
    </section>
  );
}
