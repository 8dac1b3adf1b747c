import { notifications } from "@mantine/notifications";
import type { TFunction } from "i18next";
import { notify } from "../../lib/notify.ts";
import classes from "./attention.module.css";

interface News {
  /** Of the notice: a newer one of the same kind and conversation takes its place. */
  id: string;
  conversationId: string;
  title: string;
  message: string;
  icon?: string;
  open: () => void;
}

/** In a corner, where the conversation is not the one on the screen; as a desktop notification while the page is hidden. */
export function tell({ id, conversationId, title, message, icon, open }: News, t: TFunction): void {
  if (document.visibilityState !== "visible")
    notify({ tag: conversationId, title, body: message, icon, onClick: open });
  else if (location.pathname.endsWith(`/inbox/${conversationId}`)) return;
  notifications.hide(id);
  notifications.show({
    id,
    title,
    message: (
      <button
        type="button"
        className={classes.open}
        onClick={() => {
          notifications.hide(id);
          open();
        }}
      >
        {message}
      </button>
    ),
    autoClose: 12_000,
    closeButtonProps: { "aria-label": t("close") },
  });
}
