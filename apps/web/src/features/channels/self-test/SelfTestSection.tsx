import type { SelfTest } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { now } from "../../../lib/clock.ts";
import { dateTime } from "../../../lib/time.ts";
import { Ago } from "../../../ui/Ago.tsx";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { ProblemNotice } from "../../../ui/ProblemNotice.tsx";
import { Section } from "../../../ui/Section.tsx";
import { LineSkeletons } from "../../../ui/Skeletons.tsx";
import { StateMark } from "../StateMark.tsx";
import { outcomeOf } from "./outcome.ts";
import { useSelfTests, useStartSelfTest } from "./queries.ts";
import { SelfTestSteps } from "./SelfTestSteps.tsx";
import classes from "./selfTest.module.css";

const tones = { running: "unknown", passed: "good", warned: "warn", failed: "bad" } as const;

/** The channel tried from end to end, step by step; made after connecting and whenever somebody asks. */
export function SelfTestSection({ channelId, mayAsk }: { channelId: string; mayAsk: boolean }) {
  const { t } = useTranslation("channels");
  const query = useSelfTests(channelId);
  const start = useStartSelfTest(channelId);
  const newest = query.data?.data[0];
  const running = newest?.finishedAt === null;
  return (
    <div id="self-test" className={classes.anchor}>
      <Section
        title={t("selfTest.title")}
        text={t("selfTest.text")}
        testId="self-test"
        actions={
          mayAsk ? (
            <Button
              variant="default"
              leftSection={<IconPlayerPlay size={15} stroke={1.7} />}
              loading={start.isPending || running}
              onClick={() => start.mutate()}
              data-testid="self-test-run"
            >
              {t("selfTest.run")}
            </Button>
          ) : null
        }
      >
        <ProblemNotice error={start.error} title={t("selfTest.notStarted")} />
        {newest ? (
          <Newest test={newest} />
        ) : query.isError ? (
          <ErrorState compact error={query.error} onRetry={() => void query.refetch()} />
        ) : query.data ? (
          <p className={classes.none} data-testid="self-test-none">
            {t("selfTest.none")}
          </p>
        ) : (
          <LineSkeletons count={2} />
        )}
        {query.data && query.data.data.length > 1 ? <Earlier tests={query.data.data.slice(1)} /> : null}
      </Section>
    </div>
  );
}

/** What was found lately is shown at once; what stands there for days is asked for. */
const FRESH_MS = 10 * 60_000;

function Newest({ test }: { test: SelfTest }) {
  const { t, i18n } = useTranslation("channels");
  const { kind, made, total, asks, notPossible } = outcomeOf(test);
  const running = kind === "running";
  // Whoever watched it run goes on reading; it is not folded under their eyes.
  const [watched, setWatched] = useState(running);
  if (running && !watched) setWatched(true);
  const fresh = kind !== "passed" && now() - Date.parse(test.startedAt) < FRESH_MS;
  const said =
    kind === "running"
      ? t("selfTest.running", { made, total })
      : kind === "passed"
        ? t("selfTest.passed")
        : t(`selfTest.${kind}`, { count: asks.length });
  return (
    <>
      <p className={classes.verdict} role="status" data-testid="self-test-verdict" data-kind={kind}>
        {running ? null : <StateMark tone={tones[kind]} size={17} />}
        <b>{said}</b>
        <span>
          {asks.length > 0 && !running
            ? `${asks.map((step) => step.title).join(i18n.language === "zh-TW" ? "、" : ", ")} · `
            : null}
          <Ago at={test.finishedAt ?? test.startedAt} />
          {` · ${t(`selfTest.reason.${test.reason}`)}`}
          {test.askedBy ? ` · ${test.askedBy}` : null}
          {!running && notPossible > 0 ? ` · ${t("selfTest.notPossible", { count: notPossible })}` : null}
        </span>
      </p>
      <details className={classes.folded} open={watched || fresh}>
        <summary data-testid="self-test-unfold">{t("selfTest.show", { count: total })}</summary>
        <SelfTestSteps steps={test.steps} />
      </details>
    </>
  );
}

/** What came of those before, in a line each. */
function Earlier({ tests }: { tests: readonly SelfTest[] }) {
  const { t, i18n } = useTranslation("channels");
  return (
    <details className={classes.folded}>
      <summary>{t("selfTest.earlier", { count: tests.length })}</summary>
      <ul className={classes.earlier}>
        {tests.map((test) => {
          const { kind, asks } = outcomeOf(test);
          return (
            <li key={test.id}>
              <StateMark tone={tones[kind]} size={14} />
              <span>
                {dateTime(test.startedAt, i18n.language)} · {t(`selfTest.reason.${test.reason}`)}
                {asks.length > 0 ? `: ${asks.map((step) => step.title).join(", ")}` : null}
              </span>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
