import type { Channel } from "@firstline/contracts";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import classes from "./channels.module.css";
import { useDisconnect } from "./queries.ts";

/** Says what stops and what is kept before a channel is disconnected. */
export function DisconnectDialog(props: { channel: Channel; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation("channels");
  const { channel, opened, onClose } = props;
  const disconnect = useDisconnect();
  return (
    <ConfirmDialog
      opened={opened}
      onClose={onClose}
      danger
      title={t("disconnect.title", { name: channel.name })}
      confirm={t("disconnect.confirm")}
      pending={disconnect.isPending}
      error={disconnect.error}
      onConfirm={() =>
        disconnect.mutate(channel.id, {
          onSuccess: () => {
            onClose();
            notifications.show({ message: t("disconnect.done", { name: channel.name }) });
          },
        })
      }
    >
      <dl className={classes.consequences}>
        <dt>{t("disconnect.stops")}</dt>
        <dd>{t("disconnect.stopsText")}</dd>
        <dt>{t("disconnect.kept")}</dt>
        <dd>{t("disconnect.keptText")}</dd>
      </dl>
    </ConfirmDialog>
  );
}
