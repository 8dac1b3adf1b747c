import { Button } from "@mantine/core";
import { IconRotateClockwise } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../lib/session.ts";
import type { DeliveriesSearch } from "../../lib/settingsSearch.ts";
import { dateTime } from "../../lib/time.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import classes from "./deliveries.module.css";
import { countRange, useReplayRange } from "./queries.ts";

/** Works everything off again that the filters show: counted first, then asked, then done. */
export function ReplayRange({ search, retentionDays }: { search: DeliveriesSearch; retentionDays: number }) {
  const { t, i18n } = useTranslation("deliveries");
  const { byId } = useChannels();
  const count = useMutation({ mutationFn: () => countRange(search, retentionDays) });
  const replay = useReplayRange();
  const range = count.data;
  const close = () => {
    count.reset();
    replay.reset();
  };
  const figure = (value: number) => value.toLocaleString(i18n.language);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRotateClockwise size={16} stroke={1.7} />}
        loading={count.isPending}
        onClick={() => count.mutate()}
        data-testid="replay-range"
      >
        {t("range.action")}
      </Button>
      <ProblemNotice error={count.error} />
      <span className="sr-only" role="status">
        {replay.data ? t("range.done", { count: replay.data.count, figure: figure(replay.data.count) }) : ""}
      </span>
      {range && range.count === 0 ? (
        <ConfirmDialog
          opened
          title={t("range.noneTitle")}
          confirm={t("common:close")}
          onClose={close}
          onConfirm={close}
        >
          {t("range.none")}
        </ConfirmDialog>
      ) : range ? (
        <ConfirmDialog
          opened
          title={t(range.more ? "range.titleMore" : "range.title", { count: range.count, figure: figure(range.count) })}
          confirm={replay.isSuccess ? t("common:close") : t("range.confirm")}
          pending={replay.isPending}
          error={replay.error}
          onClose={close}
          onConfirm={() => (replay.isSuccess ? close() : replay.mutate(range))}
        >
          {replay.data ? (
            <span data-testid="replayed">
              {t("range.done", { count: replay.data.count, figure: figure(replay.data.count) })}
            </span>
          ) : (
            <>
              <span className={classes.rangeFilters}>
                {[
                  t("range.between", {
                    from: dateTime(range.filters.from, i18n.language),
                    to: dateTime(range.filters.to, i18n.language),
                  }),
                  range.filters.state ? t(`state.${range.filters.state}`) : null,
                  range.filters.channelId ? byId(range.filters.channelId)?.name : null,
                  range.filters.contactExternalId,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              {t("range.text")}
            </>
          )}
        </ConfirmDialog>
      ) : null}
    </>
  );
}
