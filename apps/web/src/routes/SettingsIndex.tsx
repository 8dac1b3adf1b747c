import { useMediaQuery } from "@mantine/hooks";
import { Navigate } from "@tanstack/react-router";

/** On a phone the list of settings is the screen; where there is room for both, the first page stands beside it. */
export function SettingsIndex() {
  const wide = useMediaQuery("(min-width: 768px)", window.innerWidth >= 768, { getInitialValueInEffect: false });
  return wide ? <Navigate to="/settings/channels" replace /> : null;
}
