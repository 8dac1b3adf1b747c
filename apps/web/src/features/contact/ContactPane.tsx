import type { Contact, Conversation } from "@firstline/contracts";
import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconBan, IconCheck, IconCopy, IconX } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { useNow } from "../../lib/clock.ts";
import { keys } from "../../lib/queryKeys.ts";
import { useChannels, useMe } from "../../lib/session.ts";
import { monthOf, relative } from "../../lib/time.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { useFaultWords } from "../../ui/faultWords.ts";
import { LineSkeletons } from "../../ui/Skeletons.tsx";
import classes from "./contact.module.css";
import { NameEditor } from "./NameEditor.tsx";

interface Props {
  conversation: Conversation;
  onClose: () => void;
}

/** Who the customer is, as far as Meta tells, and what the team knows. */
export function ContactPane({ conversation, onClose }: Props) {
  const { t } = useTranslation("contact");
  const query = useQuery({
    queryKey: keys.contact(conversation.contact.id),
    queryFn: ({ signal }) => api.get("Contact", `/contacts/${conversation.contact.id}`, { signal }),
  });
  return (
    <aside className={classes.pane} aria-label={t("title")} data-testid="contact-pane">
      <header className={classes.bar}>
        <ActionIcon className={classes.backButton} size={40} aria-label={t("back")} onClick={onClose}>
          <IconArrowLeft size={20} stroke={1.7} />
        </ActionIcon>
        <h2>{t("title")}</h2>
        <ActionIcon
          className={classes.closeButton}
          size={30}
          aria-label={t("hide")}
          onClick={onClose}
          data-testid="close-contact"
        >
          <IconX size={17} stroke={1.7} />
        </ActionIcon>
      </header>
      {query.isPending ? (
        <div className={classes.body}>
          <LineSkeletons count={7} />
        </div>
      ) : query.isError ? (
        <ErrorState compact error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Details contact={query.data} conversation={conversation} />
      )}
    </aside>
  );
}

function Details({ contact, conversation }: { contact: Contact; conversation: Conversation }) {
  const { t, i18n } = useTranslation("contact");
  const { byId } = useChannels();
  const { may } = useMe();
  const now = useNow(60_000);
  const words = useFaultWords();
  const channel = byId(contact.channelId);
  const { referral } = contact;
  const came = referral
    ? referral.adTitle
      ? t("referral.ad", { title: referral.adTitle })
      : referral.adId
        ? t("referral.adId", { id: referral.adId })
        : referral.source
          ? t("referral.source", { source: referral.source })
          : null
    : null;
  return (
    <div className={classes.body}>
      <div className={classes.who}>
        <Avatar
          name={contact.name}
          seed={contact.id}
          pictureUrl={contact.pictureUrl}
          platform={channel?.platform}
          size={64}
          unnamed={contact.nameReason !== null && contact.ownName === null}
        />
        <NameEditor contact={contact} conversationId={conversation.id} editable={may("conversations:write")} />
        {contact.metaName && contact.ownName ? (
          <span className={classes.sub}>{t("metaName", { name: contact.metaName })}</span>
        ) : null}
        {contact.username ? <span className={classes.sub}>@{contact.username}</span> : null}
        <span className={classes.sub}>{t("since", { month: monthOf(contact.createdAt, i18n.language) })}</span>
      </div>
      {contact.cannotReceiveSince ? (
        <p className={classes.alert} data-tone="bad" data-testid="cannot-receive">
          <IconBan size={16} stroke={1.8} aria-hidden />
          <span>
            <b>{words("contact_cannot_receive").title}</b>{" "}
            {t("cannotReceive", { since: relative(contact.cannotReceiveSince, now, i18n.language) })}
          </span>
        </p>
      ) : null}
      {contact.nameReason && !contact.metaName ? (
        <p className={classes.alert} data-testid="name-reason" data-reason={contact.nameReason}>
          {t(`nameReason.${contact.nameReason}`)}
        </p>
      ) : null}
      <dl className={classes.facts}>
        {came ? <Fact term={t("cameFrom")}>{came}</Fact> : null}
        {referral?.ref ? (
          <Fact term={t("ref")}>
            <code>{referral.ref}</code>
          </Fact>
        ) : null}
        {channel ? (
          <Fact term={t("channel")}>
            {t("onPlatform", { name: channel.name, platform: t(`common:platform.${channel.platform}`) })}
          </Fact>
        ) : null}
        {contact.locale ? <Fact term={t("language")}>{languageName(contact.locale, i18n.language)}</Fact> : null}
        <Fact term={t("personId")}>
          <Copied value={contact.externalId} />
        </Fact>
        <Fact term={t("conversationId")}>
          <Copied value={conversation.id} />
        </Fact>
      </dl>
      <Notes conversationId={conversation.id} />
    </div>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Copied({ value }: { value: string }) {
  const { t } = useTranslation();
  return (
    <CopyButton value={value} timeout={1500}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t("copied") : t("copy")}>
          <button type="button" className={classes.id} onClick={copy}>
            <code>{value}</code>
            <span className="sr-only">{t("copy")}</span>
            {copied ? <IconCheck size={14} stroke={2} /> : <IconCopy size={14} stroke={1.7} />}
          </button>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** Notes of this conversation; they are written in the composer. */
function Notes({ conversationId }: { conversationId: string }) {
  const { t, i18n } = useTranslation("contact");
  const now = useNow(60_000);
  const { data } = useInfiniteQuery({
    queryKey: keys.activity(conversationId),
    queryFn: ({ pageParam, signal }) =>
      api.get("ActivityList", `/conversations/${conversationId}/activity`, {
        query: { cursor: pageParam, limit: 100 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const notes = data?.pages.flatMap((page) => page.data).filter((line) => line.kind === "note") ?? [];
  return (
    <section className={classes.notes}>
      <h3>{t("notes")}</h3>
      {notes.length === 0 ? <p className={classes.sub}>{t("noNotes")}</p> : null}
      {notes.map((note) => (
        <p key={note.id}>
          {note.text}{" "}
          <small>
            {note.memberName}, {relative(note.at, now, i18n.language)}
          </small>
        </p>
      ))}
    </section>
  );
}

function languageName(locale: string, shown: string): string {
  try {
    return new Intl.DisplayNames(shown, { type: "language" }).of(locale.replace("_", "-")) ?? locale;
  } catch {
    return locale;
  }
}
