import { useEffect, useRef } from "react";

/** Typing somewhere, or a dialog is open: single letters belong there, not to shortcuts. */
export function isBusy(target: EventTarget | null): boolean {
  const element = target instanceof HTMLElement ? target : null;
  if (element?.closest("input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]"))
    return true;
  return document.querySelector("[role=dialog][aria-modal=true]") !== null;
}

type Keys = Record<string, (event: KeyboardEvent) => void>;

/** Single-key shortcuts for as long as the component is there. Keys are `event.key`, letters in lower case. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const run = current.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!run) return;
      event.preventDefault();
      run(event);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
