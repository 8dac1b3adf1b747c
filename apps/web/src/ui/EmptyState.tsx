import type { ReactNode } from "react";
import classes from "./ui.module.css";

/** Says why there is nothing here and offers the next step as children. */
export function EmptyState(props: {
  icon?: ReactNode;
  title: string;
  text?: ReactNode;
  children?: ReactNode;
  testId?: string;
}) {
  return (
    <div className={classes.empty} data-testid={props.testId}>
      {props.icon ? (
        <div className={classes.emptyIcon} aria-hidden>
          {props.icon}
        </div>
      ) : null}
      <h2 className={classes.emptyTitle}>{props.title}</h2>
      {props.text ? <p className={classes.emptyText}>{props.text}</p> : null}
      {props.children ? <div className={classes.emptyActions}>{props.children}</div> : null}
    </div>
  );
}
