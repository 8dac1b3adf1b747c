import { Tooltip } from "@mantine/core";
import { IconBell, IconInbox, IconSettings } from "@tabler/icons-react";
import { Link, useLocation } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useUnseenIncidents } from "../../lib/incidents.ts";
import { useChannels, useMe } from "../../lib/session.ts";
import { MeMenu } from "./MeMenu.tsx";
import classes from "./Shell.module.css";

interface Place {
  to: "/inbox" | "/settings/incidents" | "/settings";
  name: "inbox" | "incidents" | "settings";
  label: string;
  icon: ReactNode;
  alert?: string;
}

function usePlaces(): Place[] {
  const { t } = useTranslation();
  const { channels } = useChannels();
  const { may } = useMe();
  const unseen = useUnseenIncidents();
  const ill = channels.filter((channel) => channel.state === "needs_reauthorization" || channel.state === "restricted");
  return [
    { to: "/inbox", name: "inbox", label: t("nav.inbox"), icon: <IconInbox size={20} stroke={1.6} /> },
    ...(may("channels:read")
      ? [
          {
            to: "/settings/incidents" as const,
            name: "incidents" as const,
            label: t("nav.incidents"),
            icon: <IconBell size={20} stroke={1.6} />,
            alert: unseen > 0 ? t("nav.incidentsOpen", { count: unseen }) : undefined,
          },
        ]
      : []),
    {
      to: "/settings",
      name: "settings",
      label: t("nav.settings"),
      icon: <IconSettings size={20} stroke={1.6} />,
      alert: ill.length > 0 ? t("nav.channelsNeedLook", { count: ill.length }) : undefined,
    },
  ];
}

function PlaceLink({ place }: { place: Place }) {
  // Tracing has an address of its own, beside the list of settings.
  const path = useLocation({ select: (location) => location.pathname });
  const here = path === "/trace" && place.name === "settings";
  // Incidents stand among the settings, and have a place of their own: one place is marked, not both.
  const elsewhere = path === "/settings/incidents" && place.name === "settings";
  return (
    <Link
      to={place.to}
      className={classes.place}
      activeOptions={{ exact: elsewhere }}
      {...(here ? { "data-status": "active", "aria-current": "page" } : {})}
      aria-label={place.alert ? `${place.label}, ${place.alert}` : place.label}
      data-testid={`nav-${place.name}`}
    >
      {place.icon}
      <span className={classes.placeLabel}>{place.label}</span>
      {place.alert ? <span className={classes.alertDot} aria-hidden /> : null}
    </Link>
  );
}

export function NavRail() {
  const { t } = useTranslation();
  const places = usePlaces();
  return (
    <nav className={classes.rail} aria-label={t("nav.label")}>
      <span className={classes.logo} aria-hidden>
        F
      </span>
      {places.map((place) => (
        <Tooltip key={place.to} label={place.alert ? `${place.label} · ${place.alert}` : place.label} position="right">
          <span>
            <PlaceLink place={place} />
          </span>
        </Tooltip>
      ))}
      <span className={classes.space} />
      <MeMenu position="right-end" />
    </nav>
  );
}

export function BottomBar() {
  const { t } = useTranslation();
  const places = usePlaces();
  return (
    <nav className={classes.bottom} aria-label={t("nav.label")}>
      {places.map((place) => (
        <PlaceLink key={place.to} place={place} />
      ))}
      <MeMenu position="top-end" />
    </nav>
  );
}
