import type { Channel, Reason } from "@firstline/contracts";
import { Checkbox } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../ui/Avatar.tsx";
import { useFaultWords } from "../../ui/faultWords.ts";
import { Tag } from "../../ui/Tag.tsx";
import common from "./channels.module.css";
import classes from "./granted.module.css";
import type { GrantedPage } from "./useChosen.ts";

interface Props {
  page: GrantedPage;
  channel?: Channel;
  /** Said once above the list, so not again in each row. */
  declined: string[];
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** One granted Page or account: can it be connected, what does it lack, is it connected already. */
export function GrantedRow({ page, channel, declined, checked, onChange }: Props) {
  const { t, i18n } = useTranslation("connecting");
  const words = useFaultWords();
  const id = useId();
  const waiting = channel?.state === "needs_reauthorization";
  const lacks = page.missing.length > 0;
  const parts = page.without.filter((each) => !declined.includes(each)).map((each) => t(`permission.${each}`));
  const via = page.platform === "instagram" ? t("choose.via", { page: page.pageName }) : page.externalId;
  const line = (reason: Reason, tone: "warn" | "plain") => {
    const told = words(reason.code, reason);
    return (
      <span key={reason.code} className={classes.lack} data-tone={tone} data-code={reason.code}>
        <b>{t("channels:sentence", { text: told.title })}</b> {tone === "warn" ? told.fix : null}
      </span>
    );
  };
  return (
    <li className={classes.granted} data-testid="granted-page" data-external-id={page.externalId}>
      <label htmlFor={id} className={classes.grantedLabel} data-disabled={lacks || undefined}>
        <Checkbox
          id={id}
          checked={checked}
          disabled={lacks}
          onChange={(event) => onChange(event.currentTarget.checked)}
          aria-describedby={`${id}-about`}
        />
        <Avatar name={page.name} seed={channel?.id ?? page.externalId} platform={page.platform} size={36} />
        <span className={common.rowWords}>
          <span className={common.rowTitle}>
            <b>{page.name}</b>
            <span className={common.kind}>{t(`common:platform.${page.platform}`)}</span>
            {waiting ? (
              <Tag tone="bad">{t("common:channelState.needs_reauthorization")}</Tag>
            ) : page.connected ? (
              <Tag tone="good">{t("choose.connected")}</Tag>
            ) : null}
          </span>
          <span id={`${id}-about`} className={classes.about}>
            {page.missing.map((reason) => line(reason, "warn"))}
            {page.missingPermissions.map((permission) => (
              <code key={permission}>{permission}</code>
            ))}
            {lacks ? null : waiting ? t("choose.renews") : page.connected ? t("choose.adds") : via}{" "}
            {lacks
              ? null
              : page.notes.map((note) => line(note, note.code === "instagram_not_linked" ? "plain" : "warn"))}
            {!lacks && parts.length > 0 ? (
              <span className={classes.lack}>
                {t("choose.without", { parts: new Intl.ListFormat(i18n.language).format(parts) })}
              </span>
            ) : null}
          </span>
        </span>
      </label>
    </li>
  );
}
