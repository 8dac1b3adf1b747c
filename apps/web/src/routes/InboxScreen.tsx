import { IconMessages } from "@tabler/icons-react";
import { Outlet, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ListPane } from "../features/inbox/ListPane.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Rich } from "../ui/Rich.tsx";
import classes from "./screens.module.css";

/** List and conversation side by side; on a phone one in front of the other. */
export function InboxScreen() {
  const { t } = useTranslation("inbox");
  const open = useParams({ strict: false, select: (params) => "conversationId" in params });
  return (
    <div className={classes.inbox} data-open={open || undefined}>
      <div className={classes.list}>
        <ListPane />
      </div>
      {open ? (
        <Outlet />
      ) : (
        <div className={classes.nothing}>
          <EmptyState
            icon={<IconMessages size={26} stroke={1.5} />}
            title={t("pick.title")}
            text={
              <>
                {t("pick.text")}{" "}
                <span className={classes.keys}>
                  <Rich text={t("pick.keys")} marks={{ 1: (key) => <kbd>{key}</kbd> }} />
                </span>
              </>
            }
          />
        </div>
      )}
    </div>
  );
}
