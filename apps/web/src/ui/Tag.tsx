import type { ReactNode } from "react";
import classes from "./ui.module.css";

/** A small word beside something: a state, a reason, a kind. */
export function Tag({
  tone = "plain",
  children,
  title,
}: {
  tone?: "plain" | "warn" | "bad" | "good" | "accent";
  children: ReactNode;
  title?: string;
}) {
  return (
    <span className={classes.tag} data-tone={tone} title={title}>
      {children}
    </span>
  );
}
