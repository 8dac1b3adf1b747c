import type { ReactNode } from "react";
import classes from "./choice.module.css";

/** A line of settings: what is chosen, what follows from it, and the control. */
export function Choice({ label, hint, children }: { label: string; hint?: string; children: ReactNode }) {
  return (
    <div className={classes.choice}>
      <div className={classes.words}>
        <b>{label}</b>
        {hint ? <p>{hint}</p> : null}
      </div>
      {children}
    </div>
  );
}

/** Lines under each other, in a section. */
export const Choices = ({ children }: { children: ReactNode }) => <div className={classes.choices}>{children}</div>;
