import "../ui/mantine-forms.css.ts";
import { IconChevronRight } from "@tabler/icons-react";
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useChannels, useMe } from "../lib/session.ts";
import { settingsGroups } from "../lib/settingsPages.ts";
import classes from "./settings.module.css";

/** List of the settings beside the chosen page; on a phone one in front of the other. */
export function SettingsScreen() {
  const pathname = useLocation({ select: (location) => location.pathname });
  const page = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every page begins at its top
  useEffect(() => void page.current?.scrollTo(0, 0), [pathname]);
  return (
    <div className={classes.settings} data-open={/^\/(settings\/.|trace)/.test(pathname) || undefined}>
      <SettingsNav />
      <div className={classes.content} ref={page}>
        <Outlet />
      </div>
    </div>
  );
}

function SettingsNav() {
  const { t } = useTranslation("settings");
  const { may } = useMe();
  const { channels } = useChannels();
  const ill = channels.filter((channel) => channel.state === "needs_reauthorization" || channel.state === "restricted");
  return (
    <nav className={classes.nav} aria-label={t("title")}>
      <h2 className={classes.heading}>{t("title")}</h2>
      {settingsGroups.map((group) => {
        const pages = group.pages.filter((page) => page.needs === null || may(page.needs));
        if (pages.length === 0) return null;
        return (
          <section key={group.name} aria-labelledby={`settings-${group.name}`}>
            <h3 id={`settings-${group.name}`}>{t(`group.${group.name}`)}</h3>
            <ul>
              {pages.map(({ to, name, icon: Icon }) => (
                <li key={to}>
                  <Link to={to} className={classes.link} data-testid={`settings-${name}`}>
                    <Icon size={18} stroke={1.6} aria-hidden />
                    <span className={classes.label}>
                      {t(`page.${name}.name`)}
                      <small>{t(`page.${name}.hint`)}</small>
                    </span>
                    {name === "channels" && ill.length > 0 ? (
                      <span className={classes.alert}>
                        <span aria-hidden>{ill.length}</span>
                        <span className="sr-only">{t("common:nav.channelsNeedLook", { count: ill.length })}</span>
                      </span>
                    ) : null}
                    <IconChevronRight className={classes.chevron} size={17} stroke={1.6} aria-hidden />
                  </Link>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </nav>
  );
}
