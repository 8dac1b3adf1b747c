import type { Attachment, Detail } from "@firstline/contracts";
import {
  IconBrandInstagram,
  IconExternalLink,
  IconLink,
  IconMapPin,
  IconMovie,
  IconNews,
  IconShoppingBag,
  IconTemplate,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./media.module.css";
import { useThingName } from "./thingName.ts";

const icons: Readonly<Record<string, typeof IconLink>> = {
  reel: IconMovie,
  ig_reel: IconMovie,
  post: IconNews,
  ig_post: IconBrandInstagram,
  share: IconNews,
  media: IconNews,
  location: IconMapPin,
};

/** A post, a reel, a link, a product or another template: what it is, its title, and the way to it where it is public. */
export function Shared({ attachment, details }: { attachment: Attachment; details: Detail[] }) {
  const { t } = useTranslation("thread");
  const thing = useThingName();
  const { kind, type, title, link, url, name } = attachment;
  const price = kind === "template" ? details.find(({ label }) => label === title) : undefined;
  const Icon =
    icons[type ?? ""] ??
    (price ? IconShoppingBag : kind === "template" ? IconTemplate : kind === "fallback" ? IconLink : IconNews);
  const word = price ? t("attachmentType.product") : thing(attachment);
  const inner = (
    <>
      {kind === "template" && url ? <img className={classes.product} src={url} alt="" loading="lazy" /> : null}
      <span className={classes.sharedLine}>
        <Icon size={18} stroke={1.6} aria-hidden />
        <span className={classes.fileText}>
          <b>{title ?? name ?? word}</b>
          {price ? <span className={classes.price}>{price.value}</span> : null}
          <span>{[title || name ? word : null, link ? hostOf(link) : null].filter(Boolean).join(" · ")}</span>
        </span>
        {link ? <IconExternalLink size={15} stroke={1.7} aria-hidden /> : null}
      </span>
    </>
  );
  const shape = { className: classes.shared, "data-testid": "shared", "data-type": type ?? kind };
  return link ? (
    <a {...shape} href={link} target="_blank" rel="noopener noreferrer nofollow">
      {inner}
    </a>
  ) : (
    <span {...shape}>{inner}</span>
  );
}

function hostOf(link: string): string {
  try {
    return new URL(link).hostname.replace(/^www\./, "");
  } catch {
    return link;
  }
}
