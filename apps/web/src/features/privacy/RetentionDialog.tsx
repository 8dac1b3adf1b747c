import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { dateOnly, nearTime } from "../../lib/time.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { retentionPreviewQuery, useSetRetention } from "./queries.ts";

/** Asks before a change, and says what it would delete. `days` null: nothing is deleted any more. */
export function RetentionDialog({ days, onClose }: { days: number | null; onClose: () => void }) {
  const { t } = useTranslation("privacy");
  const set = useSetRetention();
  const dialog = {
    opened: true,
    onClose,
    onConfirm: () => set.mutate(days, { onSuccess: onClose }),
    pending: set.isPending,
    error: set.error,
  };
  if (days !== null) return <Preview days={days} dialog={dialog} />;
  return (
    <ConfirmDialog {...dialog} title={t("retention.dialog.offTitle")} confirm={t("retention.dialog.offConfirm")}>
      <p>{t("retention.dialog.offText")}</p>
    </ConfirmDialog>
  );
}

type Dialog = Pick<Parameters<typeof ConfirmDialog>[0], "opened" | "onClose" | "onConfirm" | "pending" | "error">;

function Preview({ days, dialog }: { days: number; dialog: Dialog }) {
  const { t, i18n } = useTranslation("privacy");
  const now = useNow(60_000);
  const { data, error, isFetching, refetch } = useQuery(retentionPreviewQuery(days));
  return (
    <ConfirmDialog
      {...dialog}
      title={t("retention.dialog.title", { days })}
      confirm={t("retention.dialog.confirm", { days })}
      danger
      // Nobody confirms what could not be counted.
      onConfirm={data ? dialog.onConfirm : () => void refetch()}
      pending={dialog.pending || isFetching}
      error={dialog.error ?? error}
    >
      {data ? (
        <p data-testid="retention-preview" data-conversations={data.conversations}>
          {t(data.conversations === 0 ? "retention.dialog.none" : "retention.dialog.some", {
            count: data.conversations,
            time: nearTime(data.nextRunAt, now, i18n.language),
            oldest: data.oldestAt ? dateOnly(data.oldestAt, i18n.language) : "",
          })}
        </p>
      ) : (
        <p>{t("retention.dialog.counting")}</p>
      )}
      <p>{t("retention.dialog.final")}</p>
    </ConfirmDialog>
  );
}
