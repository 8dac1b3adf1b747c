import type { Authorizer, Channel } from "@firstline/contracts";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useRemoveAuthorizer } from "./queries.ts";

/** Says what goes on with, or stops without, the authorisation that is to be removed. */
export function RemoveAuthorizer(props: { channel: Channel; authorizer: Authorizer; onClose: () => void }) {
  const { t } = useTranslation("channels");
  const { channel, authorizer, onClose } = props;
  const remove = useRemoveAuthorizer();
  const nameOf = (each: Authorizer) => each.name ?? t(`authorizers.unnamed.${each.kind}`);
  const name = nameOf(authorizer);
  const others = channel.authorizers.filter((each) => each.state === "live" && each.id !== authorizer.id);
  const next = others[0];
  const last = authorizer.state === "live" && !next;
  const consequence = last ? "last" : authorizer.state === "dead" ? "dead" : authorizer.inUse ? "next" : "spare";
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      danger
      title={t("authorizers.remove.title", { name })}
      confirm={t(last ? "authorizers.remove.stop" : "authorizers.remove.action")}
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() =>
        remove.mutate(
          { channelId: channel.id, authorizerId: authorizer.id, confirmed: last },
          {
            onSuccess: () => {
              onClose();
              notifications.show({ message: t("authorizers.remove.done", { name }) });
            },
          },
        )
      }
    >
      <p>{t(`authorizers.remove.${consequence}`, { name: next ? nameOf(next) : "" })}</p>
      <p>{t("authorizers.remove.atMeta")}</p>
    </ConfirmDialog>
  );
}
