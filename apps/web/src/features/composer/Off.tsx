import { Button } from "@mantine/core";
import { IconLock, IconTemplate } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useFaultWords } from "../../ui/faultWords.ts";
import classes from "./off.module.css";
import type { ComposerStatus } from "./status.ts";

interface Props {
  status: ComposerStatus;
  writable: boolean;
  hasDraft: boolean;
  onHold: () => void;
  /** The channel that has to be reconnected, for whoever may do that. */
  reconnect: string | null;
  /** Opens the choice of templates; null: none may be sent now. */
  onTemplates: (() => void) | null;
}

/** In place of the text field: why nothing can be sent, and what to do. The draft stays. */
export function Off({ status, writable, hasDraft, onHold, reconnect, onTemplates }: Props) {
  const { t } = useTranslation("composer");
  const words = useFaultWords();
  const code = status.reasons[0]?.code ?? "window_closed";
  const reason = words(code, status.reasons[0]);
  return (
    <div className={classes.off} data-testid="composer-off" data-code={writable ? code : "not_allowed"}>
      <IconLock size={18} stroke={1.6} aria-hidden />
      <div>
        {/* The line above already says the title of a block. */}
        {writable && status.kind !== "blocked" ? <b>{reason.title}</b> : null}
        {writable ? null : <b>{t("readOnly")}</b>}
        {writable && status.kind === "blocked" ? <p>{reason.explain}</p> : null}
        {writable ? <p>{reason.fix}</p> : null}
        {hasDraft ? <p className={classes.draftKept}>{t("draftKept")}</p> : null}
      </div>
      {writable && onTemplates ? (
        <Button
          size="xs"
          leftSection={<IconTemplate size={15} stroke={1.8} aria-hidden />}
          onClick={onTemplates}
          data-testid="off-templates"
        >
          {t("templates.send")}
        </Button>
      ) : null}
      {reconnect ? (
        <Button
          size="xs"
          renderRoot={(props) => (
            <Link to="/settings/channels/$channelId" params={{ channelId: reconnect }} {...props} />
          )}
          data-testid="off-reconnect"
        >
          {t("reconnect")}
        </Button>
      ) : null}
      {writable && status.canHold ? (
        <Button size="xs" variant="default" onClick={onHold} data-testid="write-held">
          {t("writeHeld")}
        </Button>
      ) : null}
    </div>
  );
}
