import type { Contact, Conversation } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChannels, useMe } from "../../lib/session.ts";
import { traceLink } from "../../lib/settingsSearch.ts";
import { monthOf } from "../../lib/time.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./contact.module.css";
import { DataRights } from "./DataRights.tsx";
import { Copied, Fact } from "./Fact.tsx";
import { NameEditor } from "./NameEditor.tsx";
import { Notes } from "./Notes.tsx";
import { Notices } from "./Notices.tsx";
import { ReferralCard } from "./ReferralCard.tsx";

/** Everything known of one customer, most pressing first. */
export function Details({ contact, conversation }: { contact: Contact; conversation: Conversation }) {
  const { t, i18n } = useTranslation("contact");
  const { byId } = useChannels();
  const { may } = useMe();
  const channel = byId(contact.channelId);
  return (
    <div className={classes.body}>
      <div className={classes.who}>
        <Avatar
          name={contact.name}
          seed={contact.id}
          pictureUrl={contact.pictureUrl}
          platform={channel?.platform}
          size={64}
          unnamed={contact.nameReason !== null && contact.metaName === null && contact.ownName === null}
        />
        <NameEditor contact={contact} conversationId={conversation.id} editable={may("conversations:write")} />
        {contact.guest ? <Tag tone={contact.guest.endedAt ? "plain" : "warn"}>{t("guest.badge")}</Tag> : null}
        {contact.metaName && contact.ownName ? (
          <span className={classes.sub}>{t("metaName", { name: contact.metaName })}</span>
        ) : null}
        {contact.username ? <span className={classes.sub}>@{contact.username}</span> : null}
        <span className={classes.sub}>{t("since", { month: monthOf(contact.createdAt, i18n.language) })}</span>
      </div>
      <Notices contact={contact} />
      {contact.referral ? <ReferralCard referral={contact.referral} /> : null}
      <dl className={classes.facts}>
        {channel ? (
          <Fact term={t("channel")}>
            {t("onPlatform", { name: channel.name, platform: t(`common:platform.${channel.platform}`) })}
          </Fact>
        ) : null}
        {contact.locale ? <Fact term={t("language")}>{languageName(contact.locale, i18n.language)}</Fact> : null}
        {contact.metaLabels.length > 0 ? (
          <Fact term={t("metaLabels")}>
            <span className={classes.labels} data-testid="meta-labels">
              {contact.metaLabels.map((label) => (
                <Tag key={label}>{label}</Tag>
              ))}
            </span>
          </Fact>
        ) : null}
        <Fact term={t("personId")}>
          <Copied value={contact.externalId} />
        </Fact>
        <Fact term={t("conversationId")}>
          <Copied value={conversation.id} />
        </Fact>
      </dl>
      <Notes conversationId={conversation.id} />
      <Button
        renderRoot={(props) => (
          <Link {...props} {...traceLink({ channelId: contact.channelId, contactExternalId: contact.externalId })} />
        )}
        variant="default"
        fullWidth
        className={classes.trace}
        data-testid="trace-link"
      >
        {t("trace")}
      </Button>
      {may("privacy:write") ? <DataRights contact={contact} conversationId={conversation.id} /> : null}
    </div>
  );
}

function languageName(locale: string, shown: string): string {
  try {
    return new Intl.DisplayNames(shown, { type: "language" }).of(locale.replace("_", "-")) ?? locale;
  } catch {
    return locale;
  }
}
