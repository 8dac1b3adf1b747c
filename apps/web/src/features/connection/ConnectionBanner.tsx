import { Loader } from "@mantine/core";
import { IconPlugConnectedX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLiveState } from "../../lib/live.ts";
import classes from "./connection.module.css";

/** A hiccup shorter than this is nobody's concern. */
const GRACE = 1_200;

/** Says when what is on the screen may be old, and when it is being brought up to date. */
export function ConnectionBanner() {
  const { t } = useTranslation("connection");
  const state = useLiveState();
  const [shown, setShown] = useState<"offline" | "catching-up" | null>(null);
  useEffect(() => {
    if (state === "offline") {
      const timer = setTimeout(() => setShown("offline"), navigator.onLine ? GRACE : 0);
      return () => clearTimeout(timer);
    }
    if (state === "catchingUp") setShown((before) => (before ? "catching-up" : null));
    // Long enough to be read: otherwise the good news is a flicker.
    if (state === "live") {
      setShown((before) => (before ? "catching-up" : null));
      const timer = setTimeout(() => setShown(null), 900);
      return () => clearTimeout(timer);
    }
    return undefined;
  }, [state]);
  return (
    <div role="status" aria-live="polite" className={classes.slot} data-testid="connection" data-state={state}>
      {shown ? (
        <div className={classes.banner} data-testid="connection-banner" data-state={shown}>
          {shown === "offline" ? (
            <IconPlugConnectedX size={16} stroke={1.8} aria-hidden />
          ) : (
            <Loader size={14} color="currentColor" aria-hidden />
          )}
          <span>
            <b>{t(`${shown}.title`)}</b> {t(`${shown}.text`)}
          </span>
        </div>
      ) : null}
    </div>
  );
}
