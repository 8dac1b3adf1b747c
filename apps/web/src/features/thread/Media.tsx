import type { Attachment, Message } from "@firstline/contracts";
import {
  IconDownload,
  IconExternalLink,
  IconFile,
  IconHourglass,
  IconPhotoOff,
  IconTemplate,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { fileSize } from "../../lib/time.ts";
import { useThreadActions } from "./context.ts";
import classes from "./thread.module.css";

export const isPicture = (attachment: Attachment): boolean => attachment.kind === "image" && attachment.url !== null;

/** Everything attached to a message, inline where a browser can show it. */
export function Media({ message, tone }: { message: Message; tone: string }) {
  const pictures = message.attachments.filter((each) => each.kind === "image");
  const others = message.attachments.filter((each) => each.kind !== "image");
  return (
    <>
      {pictures.length > 0 ? (
        <div className={classes.pictures} data-count={Math.min(pictures.length, 4)}>
          {pictures.map((picture) => (
            <Picture key={picture.id} picture={picture} />
          ))}
        </div>
      ) : null}
      {others.map((attachment) => (
        <Other key={attachment.id} attachment={attachment} tone={tone} />
      ))}
    </>
  );
}

function Picture({ picture }: { picture: Attachment }) {
  const { t } = useTranslation("thread");
  const { onView } = useThreadActions();
  if (!picture.url) return <Missing attachment={picture} />;
  const name = picture.name ?? t("common:kind.image");
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

function Other({ attachment, tone }: { attachment: Attachment; tone: string }) {
  const { t, i18n } = useTranslation("thread");
  const { kind, url, link } = attachment;
  const title = attachment.title ?? attachment.name ?? t(`attachment.${kind}`);
  if (kind === "sticker" && url) return <img className={classes.sticker} src={url} alt={title} loading="lazy" />;
  if (kind === "audio" && url) {
    // biome-ignore lint/a11y/useMediaCaption: customers send no captions
    return <audio className={classes.audio} controls preload="metadata" src={url} aria-label={title} />;
  }
  if (kind === "video" && url) {
    // biome-ignore lint/a11y/useMediaCaption: customers send no captions
    return <video className={classes.video} controls preload="metadata" src={url} aria-label={title} playsInline />;
  }
  if (kind === "share" || kind === "template" || kind === "fallback") {
    const inner = (
      <>
        {kind === "template" ? (
          <IconTemplate size={18} stroke={1.6} aria-hidden />
        ) : (
          <IconExternalLink size={18} stroke={1.6} aria-hidden />
        )}
        <span className={classes.fileText}>
          <b>{title}</b>
          {link ? <span>{hostOf(link)}</span> : null}
        </span>
      </>
    );
    return link ? (
      <a className={classes.file} data-tone={tone} href={link} target="_blank" rel="noopener noreferrer nofollow">
        {inner}
      </a>
    ) : (
      <span className={classes.file} data-tone={tone}>
        {inner}
      </span>
    );
  }
  if (!url) return <Missing attachment={attachment} />;
  return (
    <a
      className={classes.file}
      data-tone={tone}
      href={`${url}${url.includes("?") ? "&" : "?"}download=1`}
      download={attachment.name ?? true}
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

/** A file that is still being copied from Meta, or that could not be. */
function Missing({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation("thread");
  const pending = attachment.state === "pending";
  return (
    <span className={classes.missing} data-pending={pending || undefined}>
      {pending ? (
        <IconHourglass size={17} stroke={1.6} aria-hidden />
      ) : (
        <IconPhotoOff size={17} stroke={1.6} aria-hidden />
      )}
      <span>
        {pending
          ? t("media.pending", { kind: t(`attachment.${attachment.kind}`) })
          : t("media.failed", { kind: t(`attachment.${attachment.kind}`) })}
      </span>
    </span>
  );
}

function hostOf(link: string): string {
  try {
    return new URL(link).hostname.replace(/^www\./, "");
  } catch {
    return link;
  }
}
