import type { Template } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../../ui/ConfirmDialog.tsx";
import { languageName } from "../languages.ts";
import { useDeleteTemplate } from "../queries.ts";

/** Asks before a template is taken away at Meta. What was sent with it stays. */
export function DeleteTemplate({ template, onClose }: { template: Template; onClose: () => void }) {
  const { t, i18n } = useTranslation("templates");
  const remove = useDeleteTemplate();
  return (
    <ConfirmDialog
      opened
      danger
      onClose={onClose}
      onConfirm={() => remove.mutate(template, { onSuccess: onClose })}
      title={t("delete.title", { name: template.name })}
      confirm={t("delete.confirm")}
      pending={remove.isPending}
      error={remove.error}
    >
      {t("delete.text", { language: languageName(template.language, i18n.language) })}
    </ConfirmDialog>
  );
}
