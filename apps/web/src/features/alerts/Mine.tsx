import type { AlertChoice, MyAlerts } from "@firstline/contracts";
import { Button, SegmentedControl } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Choice, Choices } from "../../ui/Choice.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import { AttemptLine } from "./AttemptLine.tsx";
import classes from "./alerts.module.css";
import { useChoose, useTestMine } from "./queries.ts";
import { TestResult } from "./TestResult.tsx";

const CHOICES = ["all", "critical", "none"] as const;

/** What the signed-in member is told, by e-mail and on their devices. */
export function Mine({ alerts }: { alerts: MyAlerts }) {
  const { t } = useTranslation("alerts");
  const choose = useChoose();
  const testing = useTestMine();
  const { email, push, address, emailAvailable, emailLast, devices } = alerts;
  const data = CHOICES.map((value) => ({ value, label: t(`choice.${value}`) }));
  const hint = !emailAvailable
    ? t("email.unavailable")
    : email === "none"
      ? t("email.none")
      : t("email.to", { address });
  const reachable = emailAvailable || devices.length > 0;
  return (
    <Section
      title={t("mine.title")}
      text={t("mine.text")}
      testId="my-alerts"
      actions={
        reachable ? (
          <Button
            variant="default"
            size="xs"
            loading={testing.isPending}
            onClick={() => testing.mutate()}
            data-testid="alerts-test"
          >
            {t("mine.test")}
          </Button>
        ) : null
      }
    >
      <Choices>
        <Choice label={t("desk.label")} hint={t("desk.hint")}>
          <span className={classes.always}>{t("desk.always")}</span>
        </Choice>
        <Choice label={t("email.label")} hint={hint}>
          <SegmentedControl
            size="sm"
            aria-label={t("email.label")}
            value={email}
            disabled={!emailAvailable}
            onChange={(value) => choose.mutate({ email: value as AlertChoice })}
            data={data}
            data-testid="alerts-email"
          />
        </Choice>
        <Choice label={t("push.label")} hint={t(devices.length > 0 ? `push.${push}` : "push.noDevice")}>
          <SegmentedControl
            size="sm"
            aria-label={t("push.label")}
            value={push}
            onChange={(value) => choose.mutate({ push: value as AlertChoice })}
            data={data}
            data-testid="alerts-push"
          />
        </Choice>
      </Choices>
      {!testing.data && emailLast && emailLast.state !== "sent" && emailLast.error ? (
        <Notice tone={emailLast.state === "failed" ? "bad" : "warn"} title={t("email.trouble")} testId="email-trouble">
          <AttemptLine attempt={emailLast} />
        </Notice>
      ) : null}
      {testing.data ? (
        <div className={classes.results} role="status" data-testid="alerts-test-results">
          {testing.data.results.map((result) => (
            <TestResult key={`${result.way} ${result.name}`} result={result} />
          ))}
        </div>
      ) : null}
      <ProblemNotice error={choose.error ?? testing.error} />
    </Section>
  );
}
