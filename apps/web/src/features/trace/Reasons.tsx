import type { TraceReason } from "@firstline/contracts";
import { IconAlertTriangleFilled, IconCircleCheck, IconCircleXFilled, IconHelpCircle } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { LocalTimes } from "../../ui/LocalTimes.tsx";
import { Section } from "../../ui/Section.tsx";
import classes from "./trace.module.css";

const order = ["found", "possible", "unknown", "ruled_out"] as const;
const icons = {
  found: IconCircleXFilled,
  possible: IconAlertTriangleFilled,
  unknown: IconHelpCircle,
  ruled_out: IconCircleCheck,
};

/** Every known cause of a missing message with what its check showed; what was ruled out is folded away. */
export function Reasons({ reasons }: { reasons: TraceReason[] }) {
  const { t } = useTranslation("trace");
  if (reasons.length === 0) return null;
  return (
    <Section title={t("reasons.title")} text={t("reasons.text")} testId="trace-reasons">
      {order.map((status) => {
        const own = reasons.filter((reason) => reason.status === status);
        if (own.length === 0) return null;
        const list = (
          <ul key={status} className={classes.reasons}>
            {own.map((reason) => (
              <Reason key={reason.code} reason={reason} />
            ))}
          </ul>
        );
        const heading = t(`reasons.${status}`, { count: own.length });
        return status === "ruled_out" ? (
          <details key={status} className={classes.group} data-testid="trace-ruled-out">
            <summary>{heading}</summary>
            {list}
          </details>
        ) : (
          <section key={status} className={classes.group} aria-labelledby={`reasons-${status}`}>
            <h3 id={`reasons-${status}`}>{heading}</h3>
            {list}
          </section>
        );
      })}
    </Section>
  );
}

function Reason({ reason }: { reason: TraceReason }) {
  const { t } = useTranslation("trace");
  const Icon = icons[reason.status];
  const asks = reason.status !== "ruled_out";
  return (
    <li data-testid="trace-reason" data-code={reason.code} data-status={reason.status}>
      <Icon size={17} stroke={1.8} aria-hidden />
      <div>
        <b>{reason.title}</b>
        <p>
          <LocalTimes text={reason.evidence} />
        </p>
        {asks && reason.fix ? <p className={classes.fix}>{reason.fix}</p> : null}
        {reason.status === "found" || reason.status === "possible" ? (
          <p className={classes.owner}>{t(`common:owner.${reason.owner}`)}</p>
        ) : null}
      </div>
    </li>
  );
}
