import type { Channel } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateOnly } from "../../lib/time.ts";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import ui from "../../ui/page.module.css";
import { Section } from "../../ui/Section.tsx";
import { useHistory } from "./queries.ts";

/** What becomes of the conversations of a disconnected channel: kept, or deleted on a day; until then it can be undone. */
export function HistorySection({ channel, writable }: { channel: Channel; writable: boolean }) {
  const { t, i18n } = useTranslation("channels");
  const history = useHistory(channel.id);
  const [asked, setAsked] = useState(false);
  const { historyDeletion: deletion } = channel;
  if (deletion)
    return (
      <Notice
        tone="warn"
        testId="history-deletion"
        title={t("history.due", { date: dateOnly(deletion.at, i18n.language) })}
        actions={
          writable ? (
            <Button
              variant="default"
              size="xs"
              loading={history.isPending}
              onClick={() => history.mutate("keep")}
              data-testid="history-undo"
            >
              {t("history.undo")}
            </Button>
          ) : null
        }
      >
        <p>
          {deletion.by ? `${t("history.by", { name: deletion.by })} ` : null}
          {t("history.until")}
        </p>
        <ProblemNotice error={history.error} />
      </Notice>
    );
  if (!writable) return null;
  return (
    <Section
      title={t("history.title")}
      text={t("history.kept")}
      actions={
        <Button
          variant="default"
          className={ui.dangerQuiet}
          onClick={() => {
            history.reset();
            setAsked(true);
          }}
          data-testid="history-open"
        >
          {t("history.action")}
        </Button>
      }
    >
      <ConfirmDialog
        opened={asked}
        onClose={() => setAsked(false)}
        danger
        title={t("history.ask", { name: channel.name })}
        confirm={t("history.confirm")}
        pending={history.isPending}
        error={history.error}
        onConfirm={() => history.mutate("delete", { onSuccess: () => setAsked(false) })}
      >
        <p>{t("disconnect.deleteText")}</p>
      </ConfirmDialog>
    </Section>
  );
}
