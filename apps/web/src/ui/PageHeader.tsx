import type { ReactNode } from "react";
import classes from "./ui.module.css";

/** Head of a settings page: what it is, one sentence about it, its main actions. */
export function PageHeader(props: { title: ReactNode; text?: ReactNode; actions?: ReactNode; back?: ReactNode }) {
  return (
    <header className={classes.pageHeader}>
      {props.back}
      <div className={classes.pageHeaderText}>
        <h1>{props.title}</h1>
        {props.text ? <p>{props.text}</p> : null}
      </div>
      {props.actions ? <div className={classes.pageHeaderActions}>{props.actions}</div> : null}
    </header>
  );
}
