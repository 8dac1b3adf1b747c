import type { DeletionRequest } from "@firstline/contracts";
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { useEndRequest } from "./queries.ts";

/** Ends a request, with a word about what was done for the record. */
export function EndRequestDialog({ request, onClose }: { request: DeletionRequest; onClose: () => void }) {
  const { t } = useTranslation("privacy");
  const [note, setNote] = useState("");
  const end = useEndRequest();
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      onConfirm={() => end.mutate({ request, note: note.trim() }, { onSuccess: onClose })}
      title={t("dialog.title")}
      confirm={t("dialog.confirm")}
      pending={end.isPending}
      error={end.error}
    >
      <p>{t("dialog.text")}</p>
      <Textarea
        label={t("dialog.note")}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        data-testid="request-note"
      />
    </ConfirmDialog>
  );
}
