import { read, write } from "./storage.ts";

/** Desktop notifications: wanted by the person and allowed by the browser. Permission is asked only from a button. */
export type NotifyState = "unsupported" | "off" | "on" | "denied";

export function notifyState(): NotifyState {
  if (!("Notification" in window)) return "unsupported";
  if (Notification.permission === "denied") return "denied";
  return Notification.permission === "granted" && read("notify") === "on" ? "on" : "off";
}

export async function toggleNotify(): Promise<NotifyState> {
  if (notifyState() === "on") write("notify", "off");
  else if ("Notification" in window && (await Notification.requestPermission()) === "granted") write("notify", "on");
  return notifyState();
}

/** One notification per conversation: a newer message replaces the older one. */
export function notify(note: { tag: string; title: string; body: string; icon?: string; onClick: () => void }): void {
  if (notifyState() !== "on") return;
  const shown = new Notification(note.title, { body: note.body, tag: note.tag, icon: note.icon });
  shown.onclick = () => {
    window.focus();
    note.onClick();
    shown.close();
  };
}
