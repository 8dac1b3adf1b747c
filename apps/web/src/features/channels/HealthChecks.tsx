import type { Check } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { CheckButton, type CheckContext } from "./CheckButton.tsx";
import { Evidence } from "./Evidence.tsx";
import classes from "./health.module.css";
import { StateMark } from "./StateMark.tsx";

const groups = ["access", "receiving", "sending", "routing", "blind_spots"] as const;
const tones = { ok: "good", warn: "warn", fail: "bad", unknown: "unknown" } as const;

/** All checks by group, each with what was found and, where it asks for something, what to do and who can. */
export function HealthChecks({ checks, ...context }: { checks: Check[] } & CheckContext) {
  const { t } = useTranslation("channels");
  return (
    <div className={classes.checks}>
      {groups.map((group) => {
        const own = checks.filter((check) => check.group === group);
        if (own.length === 0) return null;
        return (
          <section key={group} aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`}>{t(`group.${group}`)}</h2>
            <ul>
              {own.map((check) => (
                <CheckRow key={check.code} check={check} {...context} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function CheckRow({ check, ...context }: { check: Check } & CheckContext) {
  const { t } = useTranslation("channels");
  const asks = check.status !== "ok";
  return (
    <li
      id={`check-${check.code}`}
      className={classes.check}
      data-testid="health-check"
      data-code={check.code}
      data-status={check.status}
    >
      <StateMark tone={tones[check.status]} size={17} />
      <div className={classes.checkWords}>
        <b>
          <span className="sr-only">{t(`status.${check.status}`)}: </span>
          {check.title}
        </b>
        <div className={classes.evidence}>
          <Evidence text={check.evidence} folded={!asks} />
        </div>
        {asks && check.fix ? (
          <div className={classes.fix}>
            <Evidence text={check.fix} />
          </div>
        ) : null}
        {check.status === "warn" || check.status === "fail" ? (
          <p className={classes.who}>{t(`common:owner.${check.owner}`)}</p>
        ) : null}
      </div>
      <CheckButton check={check} {...context} />
    </li>
  );
}
