import type { Channel } from "@firstline/contracts";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import classes from "./channels.module.css";
import { useDisconnect } from "./queries.ts";

/** Says what stops before a channel is disconnected, and asks what becomes of its history. */
export function DisconnectDialog(props: { channel: Channel; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("channels");
  const { channel, opened, onClose } = props;
  const [history, setHistory] = useState<"keep" | "delete">("keep");
  const disconnect = useDisconnect();
  const close = () => {
    onClose();
    setHistory("keep");
  };
  return (
    <ConfirmDialog
      opened={opened}
      onClose={close}
      danger
      title={t("disconnect.title", { name: channel.name })}
      confirm={t(history === "delete" ? "disconnect.confirmDelete" : "disconnect.confirm")}
      pending={disconnect.isPending}
      error={disconnect.error}
      onConfirm={() =>
        disconnect.mutate(
          { id: channel.id, history },
          {
            onSuccess: () => {
              close();
              notifications.show({ message: t("disconnect.done", { name: channel.name }) });
            },
          },
        )
      }
    >
      <dl className={classes.consequences}>
        <dt>{t("disconnect.stops")}</dt>
        <dd>{t("disconnect.stopsText")}</dd>
      </dl>
      <fieldset className={classes.history}>
        <legend>{t("disconnect.history")}</legend>
        {(["keep", "delete"] as const).map((each) => (
          <label key={each} data-chosen={history === each || undefined}>
            <input
              type="radio"
              name="history"
              checked={history === each}
              onChange={() => setHistory(each)}
              data-testid={`history-${each}`}
            />
            <span>
              <b>{t(`disconnect.${each}`)}</b>
              <span>{t(`disconnect.${each}Text`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </ConfirmDialog>
  );
}
