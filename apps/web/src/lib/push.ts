import { api } from "./api.ts";
import { deviceName } from "./deviceName.ts";
import { read, write } from "./storage.ts";

/**
 * Web push in this browser. `insecure`: not over https. `blocked`: the person has forbidden notifications. The service worker
 * is installed when somebody switches it on, not before.
 */
export type PushState = "unsupported" | "insecure" | "blocked" | "off" | "on";

const DEVICE = "pushDevice";
/** Where this browser was told last, to see when its push service has moved it. */
const ENDPOINT = "pushEndpoint";
const LOOKED = "pushLooked";
const DAY_MS = 86_400_000;
const available = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

/** What this browser is to the server: the id of its device, if it is one. */
export const thisDevice = (): string | null => read(DEVICE);

export async function pushState(devices: readonly { id: string }[]): Promise<PushState> {
  if (!window.isSecureContext) return "insecure";
  if (!available()) return "unsupported";
  if (Notification.permission === "denied") return "blocked";
  const registration = await navigator.serviceWorker.getRegistration("/");
  const subscribed = (await registration?.pushManager.getSubscription()) ?? null;
  return subscribed && devices.some(({ id }) => id === thisDevice()) ? "on" : "off";
}

/** Asks the person, then the browser's push service, then tells the server. @returns false: the person said no. */
export async function subscribe(key: string): Promise<boolean> {
  if ((await Notification.requestPermission()) !== "granted") return false;
  const registration = await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  await navigator.serviceWorker.ready;
  const applicationServerKey = bytesOf(key);
  const options = { userVisibleOnly: true, applicationServerKey };
  const subscription = await registration.pushManager.subscribe(options).catch(async (error: DOMException) => {
    // One with the keys of an earlier installation is in the way.
    if (error.name !== "InvalidStateError") throw error;
    await (await registration.pushManager.getSubscription())?.unsubscribe();
    return registration.pushManager.subscribe(options);
  });
  const { endpoint, keys } = subscription.toJSON();
  const device = await api.post("AlertDevice", "/me/push-subscriptions", {
    endpoint,
    keys: { p256dh: keys?.p256dh, auth: keys?.auth },
    name: deviceName(navigator.userAgent),
  });
  write(DEVICE, device.id);
  write(ENDPOINT, endpoint ?? null);
  return true;
}

/**
 * Looks once a day whether this browser is still told: push services end and move subscriptions without a word. One that was
 * removed on another device is not taken up again.
 */
export async function keepSubscribed(now: number): Promise<void> {
  const id = thisDevice();
  if (id === null || !available() || Notification.permission !== "granted") return;
  if (now - Number(read(LOOKED) ?? 0) < DAY_MS) return;
  const { devices, pushKey } = await api.get("MyAlerts", "/me/alerts");
  const registration = await navigator.serviceWorker.getRegistration("/");
  const endpoint = (await registration?.pushManager.getSubscription())?.endpoint ?? null;
  const same = endpoint !== null && endpoint === read(ENDPOINT);
  const known = devices.some((device) => device.id === id);
  if (same && !known) await unsubscribe();
  else if (!same) await subscribe(pushKey);
  write(LOOKED, String(now));
}

/** Ends it on this side and the server's. What is gone already is no failure. */
export async function unsubscribe(): Promise<void> {
  const id = thisDevice();
  if (id === null) return;
  write(DEVICE, null);
  await api.delete(null, `/me/push-subscriptions/${id}`).catch(() => {});
  const registration = await navigator.serviceWorker?.getRegistration("/");
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}
