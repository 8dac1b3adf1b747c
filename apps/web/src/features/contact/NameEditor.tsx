import type { Contact } from "@firstline/contracts";
import { ActionIcon, Button, TextInput } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { putContact } from "../../lib/live.ts";
import { useProblemText } from "../../ui/problemText.ts";
import classes from "./contact.module.css";

/** The name the team gives a customer. Empty: Meta's name is shown again. Meta never overwrites it. */
export function NameEditor({
  contact,
  conversationId,
  editable,
}: {
  contact: Contact;
  conversationId: string;
  editable: boolean;
}) {
  const { t } = useTranslation("contact");
  const client = useQueryClient();
  const problem = useProblemText();
  const [draft, setDraft] = useState<string | null>(null);
  const save = useMutation({
    mutationFn: (ownName: string | null) => api.patch("Contact", `/contacts/${contact.id}`, { ownName }),
    onSuccess: (saved) => {
      putContact(client, saved, conversationId);
      setDraft(null);
    },
  });
  if (draft === null) {
    return (
      <span className={classes.nameLine}>
        <b className={classes.name} data-testid="contact-name">
          {contact.name}
        </b>
        {editable ? (
          <ActionIcon
            size={26}
            aria-label={t("editName")}
            onClick={() => setDraft(contact.ownName ?? "")}
            data-testid="edit-name"
          >
            <IconPencil size={15} stroke={1.7} />
          </ActionIcon>
        ) : null}
      </span>
    );
  }
  return (
    <form
      className={classes.nameForm}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(draft.trim() || null);
      }}
    >
      <TextInput
        autoFocus
        label={t("ownName")}
        description={t("ownNameHint")}
        placeholder={contact.metaName ?? contact.name}
        maxLength={120}
        value={draft}
        error={save.error ? problem(save.error).title : undefined}
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={(event) => event.key === "Escape" && setDraft(null)}
        data-testid="own-name"
      />
      <span className={classes.nameButtons}>
        <Button size="xs" variant="default" onClick={() => setDraft(null)}>
          {t("common:cancel")}
        </Button>
        <Button size="xs" type="submit" loading={save.isPending} data-testid="save-name">
          {t("common:save")}
        </Button>
      </span>
    </form>
  );
}
