import { useEffect, useState } from "react";

/** Gives the focus back to what had it before a dialog came, once the dialog is gone. For dialogs that are taken out whole. */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      setTimeout(() => {
        const free = document.querySelector("[role=dialog]") === null;
        if (free && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
