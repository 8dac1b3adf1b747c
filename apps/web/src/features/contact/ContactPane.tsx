import type { Conversation } from "@firstline/contracts";
import { ActionIcon } from "@mantine/core";
import { IconArrowLeft, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { useLater } from "../../lib/later.ts";
import { keys } from "../../lib/queryKeys.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { LineSkeletons } from "../../ui/Skeletons.tsx";
import classes from "./contact.module.css";

/** The thread is what somebody waits for; the pane beside it fills a moment later. */
const loadDetails = () => import("./Details.tsx");

interface Props {
  conversation: Conversation;
  onClose: () => void;
}

/** Who the customer is, as far as Meta tells, and what the team knows. */
export function ContactPane({ conversation, onClose }: Props) {
  const { t } = useTranslation("contact");
  const query = useQuery({
    queryKey: keys.contact(conversation.contact.id),
    queryFn: ({ signal }) => api.get("Contact", `/contacts/${conversation.contact.id}`, { signal }),
  });
  const details = useLater(loadDetails, true);
  return (
    <aside className={classes.pane} aria-label={t("title")} data-testid="contact-pane">
      <header className={classes.bar}>
        <ActionIcon className={classes.backButton} size={40} aria-label={t("back")} onClick={onClose}>
          <IconArrowLeft size={20} stroke={1.7} />
        </ActionIcon>
        <h2>{t("title")}</h2>
        <ActionIcon
          className={classes.closeButton}
          size={30}
          aria-label={t("hide")}
          onClick={onClose}
          data-testid="close-contact"
        >
          <IconX size={17} stroke={1.7} />
        </ActionIcon>
      </header>
      {query.isError ? (
        <ErrorState compact error={query.error} onRetry={() => void query.refetch()} />
      ) : query.isPending || !details ? (
        <div className={classes.body}>
          <LineSkeletons count={7} />
        </div>
      ) : (
        <details.Details contact={query.data} conversation={conversation} />
      )}
    </aside>
  );
}
