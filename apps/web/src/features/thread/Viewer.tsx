import type { Message } from "@firstline/contracts";
import { ActionIcon, Modal } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDownload, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { fullTime } from "../../lib/time.ts";
import { useSourceName } from "../../ui/sourceName.ts";
import { isPicture } from "./pictures.ts";
import classes from "./Viewer.module.css";

interface Props {
  messages: Message[];
  attachmentId: string | null;
  onChange: (id: string | null) => void;
}

/** Pictures of the thread in full, one after the other with the arrow keys. */
export function Viewer({ messages, attachmentId, onChange }: Props) {
  const { t, i18n } = useTranslation("thread");
  const name = useSourceName();
  const pictures = attachmentId
    ? messages.flatMap((message) => message.attachments.filter(isPicture).map((picture) => ({ message, picture })))
    : [];
  const at = pictures.findIndex(({ picture }) => picture.id === attachmentId);
  const current = pictures[at];
  const to = (by: number) => {
    const next = pictures[at + by];
    if (next) onChange(next.picture.id);
  };
  return (
    <Modal
      opened={current !== undefined}
      onClose={() => onChange(null)}
      fullScreen
      withCloseButton={false}
      padding={0}
      attributes={{ content: { "aria-label": t("viewer.title") } }}
      classNames={{ content: classes.content, body: classes.body }}
      transitionProps={{ transition: "fade", duration: 120 }}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") to(-1);
        if (event.key === "ArrowRight") to(1);
      }}
    >
      {current ? (
        <>
          <header className={classes.bar}>
            <span className={classes.caption}>
              <b>{name(current.message.source)}</b>
              <span>{fullTime(current.message.sentAt, i18n.language)}</span>
            </span>
            <span className={classes.of}>{t("viewer.of", { at: at + 1, all: pictures.length })}</span>
            <ActionIcon
              component="a"
              href={`${current.picture.url}${current.picture.url?.includes("?") ? "&" : "?"}download=1`}
              download
              className={classes.button}
              aria-label={t("download")}
            >
              <IconDownload size={19} stroke={1.7} />
            </ActionIcon>
            <ActionIcon
              className={classes.button}
              onClick={() => onChange(null)}
              aria-label={t("common:close")}
              data-autofocus
            >
              <IconX size={20} stroke={1.7} />
            </ActionIcon>
          </header>
          <button
            type="button"
            className={classes.stage}
            onClick={() => onChange(null)}
            aria-label={t("common:close")}
            tabIndex={-1}
          >
            <img
              src={current.picture.url ?? ""}
              alt={current.picture.name ?? t("common:kind.image")}
              data-testid="viewer-picture"
            />
          </button>
          {at > 0 ? (
            <ActionIcon
              className={classes.button}
              data-side="left"
              size={44}
              radius="xl"
              onClick={() => to(-1)}
              aria-label={t("viewer.previous")}
            >
              <IconChevronLeft size={24} />
            </ActionIcon>
          ) : null}
          {at < pictures.length - 1 ? (
            <ActionIcon
              className={classes.button}
              data-side="right"
              size={44}
              radius="xl"
              onClick={() => to(1)}
              aria-label={t("viewer.next")}
            >
              <IconChevronRight size={24} />
            </ActionIcon>
          ) : null}
        </>
      ) : null}
    </Modal>
  );
}
