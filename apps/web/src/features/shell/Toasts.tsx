import "@mantine/notifications/styles.layer.css";
import { Notifications } from "@mantine/notifications";

/** Where short notices appear. Loaded after the screen; a notice told earlier waits in its store. */
export function Toasts() {
  return <Notifications position="bottom-left" limit={3} />;
}
