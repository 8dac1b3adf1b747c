import type { Channel } from "@firstline/contracts";
import { Button, CloseButton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChannels, useMe } from "../../lib/session.ts";
import { useStored } from "../../lib/storage.ts";
import { useFaultWords } from "../../ui/faultWords.ts";
import classes from "./connection.module.css";

const stopped = ({ state }: Channel) => state === "needs_reauthorization" || state === "restricted";
/** Hidden by hand until another channel stops, or the same one anew. */
const HIDDEN = "stopped.hidden";

/** Above every screen while a channel cannot send: which, why, and for whoever may mend it the way there. */
export function AccessBanner() {
  const { t, i18n } = useTranslation("connection");
  const { channels } = useChannels();
  const { may } = useMe();
  const words = useFaultWords();
  const here = useParams({ strict: false, select: (params) => params.channelId });
  const [hidden, hide] = useStored(HIDDEN, "");
  const ill = channels.filter(stopped);
  const [first] = ill;
  const seen = ill.map((each) => `${each.id} ${each.stateSince}`).join();
  if (!first || hidden === seen || (ill.length === 1 && here === first.id)) return null;
  const why = first.stateReason ? words(first.stateReason.code, first.stateReason).title : "";
  const names = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(ill.map((each) => each.name));
  const writable = may("channels:write");
  return (
    <section className={classes.stopped} aria-label={t("stopped.label")} data-testid="access-banner">
      <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
      <p>
        <b>{ill.length > 1 ? t("stopped.several", { names }) : t("stopped.one", { name: first.name, why })}</b>{" "}
        {t(writable ? "stopped.wait" : "stopped.ask")}
      </p>
      {writable ? (
        <Button
          size="compact-sm"
          variant="default"
          renderRoot={(props) =>
            ill.length > 1 ? (
              <Link to="/settings/channels" {...props} />
            ) : (
              <Link to="/settings/channels/$channelId" params={{ channelId: first.id }} {...props} />
            )
          }
        >
          {t("stopped.mend")}
        </Button>
      ) : null}
      <CloseButton
        size="sm"
        aria-label={t("stopped.hide")}
        onClick={() => hide(seen)}
        data-testid="access-banner-hide"
      />
    </section>
  );
}
