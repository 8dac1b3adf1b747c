import type { Desk } from "./desk.ts";
import type { Phone } from "./phone.ts";

/**
 * Milliseconds from the customer's press on *send* to the frame in which the agent's list shows the text: both browsers run on
 * this machine, so they share a clock.
 */
export async function paintLatency(phone: Phone, desk: Desk, text: string): Promise<number> {
  const painted = desk.page.evaluate(
    (wanted) =>
      new Promise<number>((resolve) => {
        const look = () => {
          if (!document.querySelector("[data-testid=conversation-list]")?.textContent?.includes(wanted)) return;
          observer.disconnect();
          // A task after the next frame's callback runs once that frame is drawn.
          requestAnimationFrame(() => {
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => resolve(Date.now());
            port2.postMessage(null);
          });
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        look();
      }),
    text,
  );
  const pressed = phone.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const note = (event: Event) => {
          if (!(event.target as Element).closest("[data-testid=phone-send]")) return;
          document.removeEventListener("click", note, true);
          resolve(Date.now());
        };
        document.addEventListener("click", note, true);
      }),
  );
  await phone.write(text);
  return (await painted) - (await pressed);
}
