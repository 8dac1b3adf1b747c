import { Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "../channels.module.css";
import { StateMark } from "../StateMark.tsx";
import { outcomeOf } from "./outcome.ts";
import { useSelfTests } from "./queries.ts";
import own from "./selfTest.module.css";

const tones = { passed: "good", warned: "warn", failed: "bad" } as const;

/** The self-test of a channel that was just connected, in one line: the step at work, then what came of it. */
export function SelfTestLine({ channelId }: { channelId: string }) {
  const { t } = useTranslation("channels");
  const test = useSelfTests(channelId).data?.data[0];
  if (!test) return null;
  const { kind, at, made, total, asks } = outcomeOf(test);
  if (kind === "running")
    return (
      <div className={own.line} data-testid="self-test-line" data-kind={kind}>
        <Loader size={13} aria-hidden />
        <span>{t("selfTest.at", { title: at?.title ?? t("selfTest.title"), made: made + 1, total })}</span>
      </div>
    );
  return (
    <div className={classes.stateLine} data-tone={tones[kind]} data-testid="self-test-line" data-kind={kind}>
      <StateMark tone={tones[kind]} size={15} />
      <b>{kind === "passed" ? t("selfTest.passed") : t(`selfTest.${kind}`, { count: asks.length })}</b>
      {asks.length > 0 ? <span>{asks.map((step) => step.title).join(" · ")}</span> : null}
    </div>
  );
}
