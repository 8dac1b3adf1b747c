import type { Contact } from "@firstline/contracts";
import { Button, Modal, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { API, api } from "../../lib/api.ts";
import { dropConversation } from "../../lib/cache/conversations.ts";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import page from "../../ui/page.module.css";
import classes from "./contact.module.css";

interface Props {
  contact: Contact;
  conversationId: string;
}

/** What an administrator does when a customer asks for their data, or asks to be forgotten. */
export function DataRights(props: Props) {
  const { t } = useTranslation("contact");
  const [asking, setAsking] = useState(false);
  return (
    <div className={classes.rights}>
      <Button
        component="a"
        href={`${API}/contacts/${props.contact.id}/export`}
        download
        variant="default"
        data-testid="contact-export"
      >
        {t("rights.export")}
      </Button>
      <Button variant="default" onClick={() => setAsking(true)} data-testid="contact-delete">
        {t("rights.delete")}
      </Button>
      {asking ? <DeleteDialog {...props} onClose={() => setAsking(false)} /> : null}
    </div>
  );
}

/** Nothing brings a deleted contact back, so the name is typed first. */
function DeleteDialog({ contact, conversationId, onClose }: Props & { onClose: () => void }) {
  const { t } = useTranslation("contact");
  const client = useQueryClient();
  const navigate = useNavigate();
  const [typed, setTyped] = useState("");
  const remove = useMutation({
    mutationFn: () => api.delete("Erasure", `/contacts/${contact.id}`),
    onSuccess: async () => {
      await navigate({ to: "/inbox" });
      dropConversation(client, conversationId);
    },
  });
  const same = typed.trim().normalize() === contact.name.trim().normalize();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("rights.title", { name: contact.name })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form
        className={page.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (same) remove.mutate();
        }}
      >
        <p className={page.dialogText}>{t("rights.text")}</p>
        <TextInput
          label={t("rights.type", { name: contact.name })}
          autoComplete="off"
          data-autofocus
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-testid="contact-delete-name"
        />
        <ProblemNotice error={remove.error} />
        <div className={page.dialogButtons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button
            type="submit"
            className={same ? page.danger : undefined}
            disabled={!same}
            loading={remove.isPending}
            data-testid="contact-delete-confirm"
          >
            {t("rights.confirm")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
