/** Brings one message of the thread into view and lets it light up for a moment. Nothing where it is not loaded. */
export function showMessage(selector: string): void {
  const bubble = document.querySelector(selector);
  bubble?.scrollIntoView({ block: "center", behavior: "smooth" });
  bubble?.animate?.([{ background: "var(--accent-soft)" }, { background: "transparent" }], {
    duration: 1400,
    easing: "ease-out",
  });
}

export const messageById = (id: string): string => `[data-message-id="${CSS.escape(id)}"]`;
/** By Meta's id. */
export const messageByMid = (mid: string): string => `[data-mid="${CSS.escape(mid)}"]`;
