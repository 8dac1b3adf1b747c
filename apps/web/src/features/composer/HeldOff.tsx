import type { Conversation, Reason } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconExternalLink, IconHandStop } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { controlsFor, type Holder, routingQuery, useControl } from "../../lib/control.ts";
import { setupQuery, useChannels } from "../../lib/session.ts";
import { nearTime } from "../../lib/time.ts";
import { useFaultWords } from "../../ui/faultWords.ts";
import classes from "./off.module.css";
import { businessSuite } from "./suite.ts";

interface Props {
  conversation: Conversation;
  held: Holder;
  reasons: Reason[];
  hasDraft: boolean;
}

/** In place of the text field while another holds the conversation: who and until when, what that means, what can be tried. */
export function HeldOff({ conversation, held, reasons, hasDraft }: Props) {
  const { t, i18n } = useTranslation("composer");
  const words = useFaultWords();
  const now = useNow(1_000);
  const control = useControl(conversation);
  const { byId } = useChannels();
  const { data: routing } = useQuery(routingQuery(conversation.channelId));
  const { data: setup } = useQuery(setupQuery);
  const offered = controlsFor(held, routing?.mode);
  const main = reasons[0];
  const unanswered = reasons.find(({ code }) => code === "control_request_unanswered");
  const { explain, fix } = main ? words(main.code, main) : { explain: "", fix: "" };
  // Nothing here helps against Meta's own assistants: what does help stands beside it.
  const elsewhere = held.kind === "meta_ai" || held.kind === "lead_ad_flow";
  const suite = businessSuite(byId(conversation.channelId), conversation.contact.externalId, setup?.localMeta ?? null);
  const time = (at: string) => nearTime(at, now, i18n.language);
  return (
    <div className={classes.off} data-testid="composer-off" data-code={main?.code} data-holder={held.kind}>
      <IconHandStop size={18} stroke={1.6} aria-hidden />
      <div className={classes.offWords}>
        <p>{explain}</p>
        {elsewhere ? <p>{fix}</p> : null}
        <p className={classes.heldTimes} data-testid="held-times">
          {held.kind === "lead_ad_flow"
            ? t("held.sinceFlow", { since: time(held.since) })
            : held.until
              ? t("held.sinceUntil", { since: time(held.since), until: time(held.until) })
              : t("held.since", { since: time(held.since) })}
        </p>
        {unanswered ? (
          <p data-testid="request-unanswered">
            <b>{words(unanswered.code, unanswered).title}.</b> {words(unanswered.code, unanswered).fix}
          </p>
        ) : control.asked ? (
          <p role="status" data-testid="control-asked">
            {t("held.asked")}
          </p>
        ) : null}
        {hasDraft ? <p className={classes.draftKept}>{t("draftKept")}</p> : null}
        <div className={classes.heldActions}>
          {offered.map((action, index) => (
            <Button
              key={action}
              size="xs"
              variant={index === 0 && !elsewhere ? "filled" : "default"}
              loading={control.pending === action}
              disabled={
                (control.pending !== null && control.pending !== action) || (action === "request" && control.asked)
              }
              onClick={() => control.act({ action })}
              data-testid={`control-${action}`}
            >
              {t(`held.${action as "take" | "request"}`)}
            </Button>
          ))}
          {suite ? (
            <Button
              component="a"
              href={suite}
              target="_blank"
              rel="noopener noreferrer"
              size="xs"
              variant="default"
              rightSection={<IconExternalLink size={14} stroke={1.7} aria-hidden />}
              data-testid="open-suite"
            >
              {t("held.suite")}
            </Button>
          ) : null}
        </div>
      </div>
    </div>
  );
}
