import { Outlet, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { BottomBar, NavRail } from "./NavRail.tsx";
import classes from "./Shell.module.css";

/** The frame of every signed-in screen: places on the left (below on a phone), the screen beside it. */
export function Shell() {
  const { t } = useTranslation();
  // On a phone an open conversation takes the whole height.
  const inConversation = useParams({ strict: false, select: (params) => "conversationId" in params });
  return (
    <div className={classes.shell} data-conversation={inConversation || undefined}>
      <a className={classes.skip} href="#main">
        {t("skip")}
      </a>
      <NavRail />
      <main id="main" className={classes.main} tabIndex={-1} data-quiet-focus>
        <Outlet />
      </main>
      <BottomBar />
    </div>
  );
}
