import { ATTACHMENT_LIMITS } from "@firstline/core/attachments";
import { useTranslation } from "react-i18next";
import classes from "./uploads.module.css";

interface Props {
  platform: keyof typeof ATTACHMENT_LIMITS;
  /** The files of each message to be sent. */
  groups: readonly (readonly { kind: string }[])[];
}

/** Says so where the pictures chosen are more than one message takes: they go as several. */
export function ManyPictures({ platform, groups }: Props) {
  const { t } = useTranslation("composer");
  const limit = ATTACHMENT_LIMITS[platform].image.perMessage;
  const cut = groups.some((group, n) => group.length === limit && groups[n + 1]?.[0]?.kind === "image");
  if (!cut) return null;
  const messages = groups.filter((group) => group[0]?.kind === "image").length;
  return (
    <p className={classes.several} role="status" data-testid="many-pictures">
      {t("upload.several", { limit, messages })}
    </p>
  );
}
