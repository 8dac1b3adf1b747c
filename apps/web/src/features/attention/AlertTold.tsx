import type { Alert } from "@firstline/contracts";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { now } from "../../lib/clock.ts";
import { useIdle } from "../../lib/idle.ts";
import { onAlert } from "../../lib/live.ts";
import { notify } from "../../lib/notify.ts";
import { keepSubscribed } from "../../lib/push.ts";
import { useMe } from "../../lib/session.ts";
import classes from "./attention.module.css";

/**
 * Says once that something is wrong with a channel, or is over. It is the server that says it once: what comes and goes within the
 * hour is told no second time. The notice goes by itself; bell and banner stay as long as it lasts.
 */
export function AlertTold() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { me } = useMe();
  const [said, setSaid] = useState("");

  const announce = (alert: Alert) => {
    if (alert.audience === "administrators" && me?.member?.role !== "administrator") return;
    const title = alert.channelName ? `${alert.channelName}: ${alert.title}` : alert.title;
    const open = () =>
      void (alert.channelId
        ? navigate({ to: "/settings/channels/$channelId", params: { channelId: alert.channelId } })
        : navigate({ to: "/settings/incidents" }));
    const id = `alert-${alert.incidentId ?? alert.id}`;
    setSaid(`${title}. ${alert.text}`);
    // A device that is pushed to shows the same once: the later takes the earlier's place.
    if (document.visibilityState !== "visible")
      notify({ tag: alert.incidentId ?? alert.id, title, body: alert.text, onClick: open });
    notifications.hide(id);
    notifications.show({
      id,
      title,
      color: alert.kind !== "opened" ? undefined : alert.severity === "critical" ? "red" : "yellow",
      message: (
        <>
          <p className={classes.text}>{alert.text}</p>
          <button
            type="button"
            className={classes.open}
            onClick={() => {
              notifications.hide(id);
              open();
            }}
          >
            {t(alert.channelId ? "alert.openChannel" : "alert.open")}
          </button>
        </>
      ),
      autoClose: 12_000,
      closeButtonProps: { "aria-label": t("close") },
    });
  };
  const latest = useRef(announce);
  latest.current = announce;
  useEffect(() => onAlert((alert) => latest.current(alert)), []);
  const idle = useIdle();
  useEffect(() => {
    // Told at the next start if it fails; the settings show how it is.
    if (idle) void keepSubscribed(now()).catch(() => {});
  }, [idle]);
  return (
    <span className="sr-only" role="status" data-testid="alert-told">
      {said}
    </span>
  );
}
