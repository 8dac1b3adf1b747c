import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./page.module.css";

const icons = { plain: IconInfoCircle, good: IconCircleCheck, warn: IconAlertTriangle, bad: IconCircleX };

interface Props {
  tone?: keyof typeof icons;
  title?: ReactNode;
  actions?: ReactNode;
  /** Read out when it appears: an answer to what the person just did. */
  live?: boolean;
  testId?: string;
  children?: ReactNode;
}

/** A message inside a page: what is the matter, what follows, what to do. */
export function Notice({ tone = "plain", title, actions, live, testId, children }: Props) {
  const Icon = icons[tone];
  return (
    <div
      className={classes.notice}
      data-tone={tone}
      role={live ? (tone === "bad" ? "alert" : "status") : undefined}
      data-testid={testId}
    >
      <Icon size={18} stroke={1.8} aria-hidden />
      <div className={classes.noticeBody}>
        <div className={classes.noticeWords}>
          {title ? <b>{title}</b> : null}
          {children}
        </div>
        {actions ? <div className={classes.noticeActions}>{actions}</div> : null}
      </div>
    </div>
  );
}
