import type { Message } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { openTemplates, templatesOffered } from "../../lib/commands.ts";
import { useMe } from "../../lib/session.ts";
import { useThreadActions } from "./context.ts";
import type { Remedy } from "./remedy.ts";
import type { useDelivery } from "./useDelivery.ts";

interface Props extends Pick<ReturnType<typeof useDelivery>, "decide" | "pending"> {
  remedy: Remedy;
  message: Message;
  onEdit: () => void;
}

/** The button that helps. */
export function RemedyButton({ remedy, message, decide, pending, onEdit }: Props) {
  const { t } = useTranslation("thread");
  const { conversation, onAttach } = useThreadActions();
  const { may } = useMe();
  const size = "xs";
  switch (remedy) {
    case "check":
    case "resend":
    case "take":
    case "cancel": {
      const labels = { check: "checkNow", resend: "resend", take: "takeAndResend", cancel: "cancelSend" } as const;
      const ids = { check: "check-now", resend: "resend", take: "take-and-resend", cancel: "cancel-send" } as const;
      return (
        <Button
          size={size}
          loading={pending === remedy}
          disabled={pending !== null && pending !== remedy}
          onClick={() => decide(remedy)}
          data-testid={ids[remedy]}
          data-remedy={remedy}
        >
          {t(labels[remedy])}
        </Button>
      );
    }
    case "edit":
      return (
        <Button size={size} onClick={onEdit} data-testid="edit-again" data-remedy={remedy}>
          {t("editAgain")}
        </Button>
      );
    case "attach":
      return (
        <Button size={size} onClick={onAttach} data-testid="attach-again" data-remedy={remedy}>
          {t("attachAgain")}
        </Button>
      );
    case "template":
      return templatesOffered() ? (
        <Button size={size} onClick={openTemplates} data-testid="send-template" data-remedy={remedy}>
          {t(message.template ? "otherTemplate" : "sendTemplate")}
        </Button>
      ) : null;
    case "channel":
      return (
        <Button
          size={size}
          renderRoot={(props) => (
            <Link to="/settings/channels/$channelId" params={{ channelId: conversation.channelId }} {...props} />
          )}
          data-testid="see-channel"
          data-remedy={remedy}
        >
          {t(may("channels:write") ? "putChannelRight" : "seeChannel")}
        </Button>
      );
  }
}
