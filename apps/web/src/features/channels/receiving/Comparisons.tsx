import type { Channel, Receiving, Reconciliation } from "@firstline/contracts";
import { Button, Loader, NativeSelect } from "@mantine/core";
import { IconArrowsDiff } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { now } from "../../../lib/clock.ts";
import { dateTime } from "../../../lib/time.ts";
import { Ago } from "../../../ui/Ago.tsx";
import { ProblemNotice } from "../../../ui/ProblemNotice.tsx";
import { StateMark } from "../StateMark.tsx";
import { useCompare, useComparisonsQuery } from "./queries.ts";
import classes from "./receiving.module.css";

const HOUR = 3_600_000;
const backs = { day: 24 * HOUR, week: 168 * HOUR, month: 720 * HOUR } as const;
type Back = keyof typeof backs;
const SHOWN = 3;

interface Props {
  channel: Channel;
  report: Receiving | undefined;
  mayCompare: boolean;
}

/** Our record against Meta's: the last comparison, a button for another one, and what earlier ones found. */
export function Comparisons({ channel, report, mayCompare }: Props) {
  const { t, i18n } = useTranslation("channels");
  const client = useQueryClient();
  const query = useQuery(useComparisonsQuery(channel.id));
  const compare = useCompare(channel.id);
  const [back, setBack] = useState<Back>("day");
  const [all, setAll] = useState(false);
  const list = query.data?.data ?? [];
  const running = list.find((one) => one.state === "running");
  const finished = query.data && (list.find((one) => one.state !== "running")?.id ?? "none");
  const known = useRef(finished);
  useEffect(() => {
    // What a comparison has read back belongs to the figures above. A short one may never be seen running.
    if (known.current !== undefined && known.current !== finished) {
      void client.invalidateQueries({ queryKey: ["receiving", channel.id, "report"] });
      void client.invalidateQueries({ queryKey: ["channels", channel.id] });
    }
    known.current = finished ?? known.current;
  }, [finished, client, channel.id]);
  const busy = compare.isPending || running !== undefined;
  const start = () => {
    if (busy) return;
    // Pressed before the list is there, it may be over when the list comes, and is news all the same.
    known.current ??= "none";
    compare.mutate(new Date(now() - backs[back]).toISOString());
  };

  return (
    <div className={classes.comparisons} id="compare">
      <div className={classes.compareHead}>
        <div className={classes.compareWords}>
          <h3>{t("compare.title")}</h3>
          <p role="status" data-testid="compare-status">
            {running
              ? t("compare.running", {
                  conversations: t("compare.conversations", { count: running.conversations }),
                  messages: t("compare.messages", { count: running.examined }),
                })
              : report?.reconciledAt
                ? t("compare.upTo", { time: dateTime(report.reconciledAt, i18n.language) })
                : t("compare.never")}
          </p>
        </div>
        {mayCompare && channel.state !== "disconnected" ? (
          <div className={classes.compareForm}>
            <NativeSelect
              size="sm"
              aria-label={t("compare.back")}
              value={back}
              disabled={busy}
              onChange={(event) => setBack(event.currentTarget.value as Back)}
              data={(Object.keys(backs) as Back[]).map((value) => ({ value, label: t(`compare.${value}`) }))}
              data-testid="compare-back"
            />
            <Button
              variant="default"
              leftSection={busy ? <Loader size={15} /> : <IconArrowsDiff size={16} stroke={1.7} />}
              aria-disabled={busy}
              onClick={start}
              data-testid="compare-now"
            >
              {t(busy ? "compare.busy" : "compare.action")}
            </Button>
          </div>
        ) : null}
      </div>
      <ProblemNotice error={compare.error} title={t("compare.failed")} />
      <ProblemNotice error={query.data ? null : query.error} />
      {list.length > 0 ? (
        <ul className={classes.comparisonList}>
          {list.slice(0, all ? undefined : SHOWN).map((one) => (
            <ComparisonRow key={one.id} comparison={one} />
          ))}
        </ul>
      ) : null}
      {list.length > SHOWN ? (
        <Button size="xs" variant="subtle" onClick={() => setAll(!all)} aria-expanded={all}>
          {t(all ? "compare.fewer" : "compare.more", { count: list.length })}
        </Button>
      ) : null}
    </div>
  );
}

const tones = { running: "unknown", done: "good", failed: "bad" } as const;

function ComparisonRow({ comparison: one }: { comparison: Reconciliation }) {
  const { t, i18n } = useTranslation("channels");
  return (
    <li data-testid="comparison" data-state={one.state} data-recovered={one.recovered}>
      {one.state === "running" ? <Loader size={14} /> : <StateMark tone={tones[one.state]} size={15} />}
      <div>
        <b>
          {one.state === "failed"
            ? (one.failure?.title ?? t("compare.broke"))
            : one.state === "running"
              ? t("compare.busy")
              : t("compare.found", { count: one.recovered })}
        </b>
        {one.failure?.fix ? <p>{one.failure.fix}</p> : null}
        <p>
          {t(`compare.reason.${one.reason}`)} · <Ago at={one.startedAt} /> ·{" "}
          {t("compare.looked", {
            conversations: t("compare.conversations", { count: one.conversations }),
            messages: t("compare.messages", { count: one.examined }),
            time: dateTime(one.from, i18n.language),
          })}
        </p>
      </div>
    </li>
  );
}
