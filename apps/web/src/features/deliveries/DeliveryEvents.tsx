import type { DeliveryEvent } from "@firstline/contracts";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../lib/session.ts";
import { traceLink } from "../../lib/settingsSearch.ts";
import { fullTime, preciseTime } from "../../lib/time.ts";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./deliveries.module.css";

/** What the body says, event by event, and where it went: into a conversation, or kept and nothing more. */
export function DeliveryEvents({ events, pending }: { events: DeliveryEvent[]; pending: boolean }) {
  const { t } = useTranslation("deliveries");
  return (
    <section className={classes.read} aria-labelledby="delivery-read">
      <h3 id="delivery-read">{t("read.title")}</h3>
      {events.length === 0 ? (
        <p className={classes.aside}>{t("read.none")}</p>
      ) : (
        <ol>
          {events.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the events of one body never move
            <EventRow key={index} event={event} pending={pending} />
          ))}
        </ol>
      )}
    </section>
  );
}

function EventRow({ event, pending }: { event: DeliveryEvent; pending: boolean }) {
  const { t, i18n } = useTranslation("deliveries");
  const { byId } = useChannels();
  const { channelId, contactExternalId, conversationId } = event;
  const channel = channelId ? byId(channelId) : undefined;
  return (
    <li data-testid="delivery-event" data-type={event.type} data-understood={event.understood}>
      <div className={classes.readName}>
        <b>{t(`read.type.${event.type}`, { defaultValue: event.type })}</b>
        {event.name ? <code>{event.name}</code> : null}
        {event.standby ? <Tag title={t("read.standbyText")}>{t("read.standby")}</Tag> : null}
        {event.understood ? null : <Tag tone="warn">{t("read.kept")}</Tag>}
        {event.at ? (
          <time dateTime={event.at} title={fullTime(event.at, i18n.language)}>
            {preciseTime(event.at, i18n.language)}
          </time>
        ) : null}
      </div>
      <div className={classes.readWhere}>
        <span>
          {channel?.name ?? t(channelId ? "read.gone" : "read.noChannel")}
          {contactExternalId ? (
            <>
              {" · "}
              <code>{contactExternalId}</code>
            </>
          ) : null}
        </span>
        {conversationId ? (
          <Link to="/inbox/$conversationId" params={{ conversationId }} data-testid="delivery-conversation">
            {t(event.messageId ? "read.message" : "read.conversation")}
          </Link>
        ) : channelId && contactExternalId && event.at && !pending ? (
          <Link {...traceLink({ channelId, contactExternalId, at: event.at })}>{t("read.trace")}</Link>
        ) : null}
      </div>
    </li>
  );
}
