import "@mantine/notifications/styles.layer.css";
import { MantineThemeProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

/** Where short notices appear. Loaded after the screen; a notice told earlier waits in its store. */
export function Toasts() {
  const { t } = useTranslation();
  const label = t("close");
  // A cross is no name: every notice's button gets one, in the reader's language.
  const named = useMemo(
    () => ({ components: { Notification: { defaultProps: { closeButtonProps: { "aria-label": label } } } } }),
    [label],
  );
  return (
    <MantineThemeProvider theme={named}>
      <Notifications position="bottom-left" limit={3} />
    </MantineThemeProvider>
  );
}
