import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { startLive } from "../../lib/live.ts";
import { BottomBar, NavRail } from "./NavRail.tsx";
import classes from "./Shell.module.css";

/**
 * The frame of every signed-in screen: places on the left (below on a phone), the screen beside it. `banner` stands above
 * the screen, `extras` are the parts that belong to every screen.
 */
export function Shell({ banner, extras }: { banner?: ReactNode; extras?: ReactNode }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  // On a phone an open conversation takes the whole height.
  const inConversation = useParams({ strict: false, select: (params) => "conversationId" in params });
  useEffect(() => startLive(client), [client]);
  return (
    <div className={classes.shell} data-conversation={inConversation || undefined}>
      <a className={classes.skip} href="#main">
        {t("skip")}
      </a>
      <NavRail />
      <div className={classes.column}>
        {banner}
        <main id="main" className={classes.main} tabIndex={-1} data-quiet-focus>
          <Outlet />
        </main>
      </div>
      <BottomBar />
      {extras}
    </div>
  );
}
