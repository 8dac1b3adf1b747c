import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";

interface Props {
  /** `late`: Meta's record may only be late. `unread`: it could not be read. */
  risk: "late" | "unread";
  pending: boolean;
  error: unknown;
  onClose: () => void;
  onConfirm: () => void;
}

/** Before a reply is repeated of which nobody knows that it did not arrive: what may happen then. */
export function RepeatDialog({ risk, pending, error, onClose, onConfirm }: Props) {
  const { t } = useTranslation("thread");
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      onConfirm={onConfirm}
      title={t("repeat.title")}
      confirm={t("repeat.confirm")}
      pending={pending}
      error={error}
    >
      <p>{t(`repeat.${risk}`)}</p>
    </ConfirmDialog>
  );
}
