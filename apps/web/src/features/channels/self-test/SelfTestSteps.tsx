import type { SelfTest } from "@firstline/contracts";
import { Loader } from "@mantine/core";
import { IconCircleDashed } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Evidence } from "../Evidence.tsx";
import { StateMark } from "../StateMark.tsx";
import classes from "./selfTest.module.css";

type Step = SelfTest["steps"][number];
const tones = { ok: "good", warn: "warn", fail: "bad", not_possible: "unknown" } as const;

/** The steps in their order, each with what was found and, where it asks for something, what to do and who can. */
export function SelfTestSteps({ steps }: { steps: readonly Step[] }) {
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <StepLine key={step.code} step={step} />
      ))}
    </ol>
  );
}

function StepLine({ step: { code, status, title, evidence, fix, owner } }: { step: Step }) {
  const { t } = useTranslation("channels");
  return (
    <li className={classes.step} data-testid="self-test-step" data-code={code} data-status={status}>
      <Mark status={status} />
      <div className={classes.words}>
        <b>
          <span className="sr-only">{t(`selfTest.status.${status}`)}: </span>
          {title}
        </b>
        {evidence ? (
          <div className={classes.evidence}>
            <Evidence text={evidence} folded={status === "ok"} />
          </div>
        ) : null}
        {fix ? (
          <div className={classes.fix}>
            <Evidence text={fix} />
          </div>
        ) : null}
        {status === "warn" || status === "fail" ? <p className={classes.who}>{t(`common:owner.${owner}`)}</p> : null}
      </div>
    </li>
  );
}

function Mark({ status }: { status: Step["status"] }) {
  if (status === "running") return <Loader size={15} aria-hidden />;
  if (status === "waiting") return <IconCircleDashed className={classes.waiting} size={17} stroke={1.6} aria-hidden />;
  return <StateMark tone={tones[status]} size={17} />;
}
