import { Button, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "./ProblemNotice.tsx";
import classes from "./page.module.css";

interface Props {
  opened: boolean;
  onClose: () => void;
  onConfirm: () => void;
  title: string;
  confirm: string;
  /** The act takes something away. */
  danger?: boolean;
  pending?: boolean;
  error?: unknown;
  children: ReactNode;
}

/** Asks before something that is not easily undone, stays open until it is done, and says why it was refused. */
export function ConfirmDialog({ opened, onClose, onConfirm, title, confirm, danger, pending, error, children }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={title} closeButtonProps={{ "aria-label": t("close") }}>
      <div className={classes.dialog} data-testid="confirm-dialog">
        <div className={classes.dialogText}>{children}</div>
        <ProblemNotice error={error} />
        <div className={classes.dialogButtons}>
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("cancel")}
          </Button>
          <Button
            className={danger ? classes.danger : undefined}
            loading={pending}
            onClick={onConfirm}
            data-testid="confirm"
          >
            {confirm}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
