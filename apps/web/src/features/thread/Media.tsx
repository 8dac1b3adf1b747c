import type { Attachment, Detail, Message } from "@firstline/contracts";
import { IconDownload, IconFile, IconHourglass, IconPhotoOff, IconPuzzle } from "@tabler/icons-react";
import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { fileSize } from "../../lib/time.ts";
import { CardSkeleton } from "./CardSkeleton.tsx";
import { useThreadActions } from "./context.ts";
import { FileLines } from "./FileLines.tsx";
import classes from "./media.module.css";
import { isPicture } from "./pictures.ts";
import { useThingName } from "./thingName.ts";
import { useCards } from "./useCards.ts";

/** Everything attached to a message, inline where a browser can show it. */
export function Media({ message, tone }: { message: Message; tone: string }) {
  const { t } = useTranslation("thread");
  const pictures = message.attachments.filter((each) => each.kind === "image");
  const others = message.attachments.filter((each) => each.kind !== "image");
  return (
    <>
      {pictures.length > 0 ? (
        <div
          className={classes.pictures}
          data-count={pictures.length}
          data-columns={pictures.length > 4 ? 3 : undefined}
          {...(pictures.length > 1
            ? { role: "group", "aria-label": t("media.pictures", { count: pictures.length }) }
            : {})}
        >
          {pictures.map((picture) => (
            <Picture key={picture.id} picture={picture} />
          ))}
        </div>
      ) : null}
      <FileLines attachments={pictures} />
      {others.map((attachment) => (
        <Fragment key={attachment.id}>
          <Other attachment={attachment} message={message} tone={tone} />
          <FileLines attachments={[attachment]} />
        </Fragment>
      ))}
    </>
  );
}

function Picture({ picture }: { picture: Attachment }) {
  const { t } = useTranslation("thread");
  const { onView } = useThreadActions();
  const thing = useThingName();
  if (!picture.url) return <Missing attachment={picture} />;
  const name = picture.name ?? picture.title ?? thing(picture);
  return (
    <button
      type="button"
      className={classes.picture}
      onClick={() => onView(picture.id)}
      aria-label={t("openPicture", { name })}
      data-testid="picture"
    >
      <img
        src={picture.url}
        alt={name}
        loading="lazy"
        decoding="async"
        width={picture.width ?? undefined}
        height={picture.height ?? undefined}
        style={picture.width && picture.height ? { "--ratio": `${picture.width} / ${picture.height}` } : undefined}
      />
    </button>
  );
}

function Other({ attachment, message, tone }: { attachment: Attachment; message: Message; tone: string }) {
  const { t, i18n } = useTranslation("thread");
  const thing = useThingName();
  const { kind, url, contentType } = attachment;
  const title = attachment.title ?? attachment.name ?? thing(attachment);
  if (kind === "sticker" && url) return <img className={classes.sticker} src={url} alt={title} loading="lazy" />;
  if (kind === "audio" && url) {
    // biome-ignore lint/a11y/useMediaCaption: customers send no captions
    return <audio className={classes.audio} controls preload="metadata" src={url} aria-label={title} />;
  }
  if (url && (kind === "video" || (kind === "share" && contentType?.startsWith("video/")))) {
    // biome-ignore lint/a11y/useMediaCaption: customers send no captions
    return <video className={classes.video} controls preload="metadata" src={url} aria-label={title} playsInline />;
  }
  if (isPicture(attachment))
    return (
      <div className={classes.pictures} data-count={1} data-story={message.kind === "story" || undefined}>
        <Picture picture={attachment} />
      </div>
    );
  if (kind === "unsupported" && !url) return <Unshown attachment={attachment} />;
  if (kind === "share" || kind === "template" || kind === "fallback")
    return attachment.state === "pending" ||
      (attachment.state === "failed" && !attachment.link && !attachment.title) ? (
      <Missing attachment={attachment} />
    ) : (
      <Thing attachment={attachment} details={message.details} />
    );
  if (!url) return <Missing attachment={attachment} />;
  return (
    <a
      className={classes.file}
      data-tone={tone}
      href={`${url}${url.includes("?") ? "&" : "?"}download=1`}
      download={attachment.name ?? true}
      data-testid="file"
    >
      <IconFile size={20} stroke={1.5} aria-hidden />
      <span className={classes.fileText}>
        <b>{title}</b>
        <span>{attachment.size === null ? t("attachment.file") : fileSize(attachment.size, i18n.language)}</span>
      </span>
      <IconDownload size={16} stroke={1.7} aria-label={t("download")} />
    </a>
  );
}

function Thing(props: { attachment: Attachment; details: Detail[] }) {
  const cards = useCards();
  return cards ? <cards.Shared {...props} /> : <CardSkeleton />;
}

/** A file that is still being copied from Meta, or that could not be. */
function Missing({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation("thread");
  const thing = useThingName();
  const pending = attachment.state === "pending";
  const story = attachment.type?.includes("story");
  return (
    <span className={classes.missing} data-pending={pending || undefined}>
      {pending ? (
        <IconHourglass size={17} stroke={1.6} aria-hidden />
      ) : (
        <IconPhotoOff size={17} stroke={1.6} aria-hidden />
      )}
      <span>
        {pending
          ? t("media.pending", { kind: thing(attachment) })
          : story
            ? t("media.storyGone")
            : t("media.failed", { kind: thing(attachment) })}
      </span>
    </span>
  );
}

/** Something whose content Meta keeps to itself: said in plain words, with where it can be seen. */
function Unshown({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation("thread");
  const { type, title } = attachment;
  return (
    <span className={classes.missing} data-testid="placeholder" data-type={type ?? undefined}>
      <IconPuzzle size={17} stroke={1.6} aria-hidden />
      <span>
        {title ? <b>{title} </b> : null}
        {type === "ephemeral" ? t("placeholder.ephemeral") : t("placeholder.unsupported")}
      </span>
    </span>
  );
}
