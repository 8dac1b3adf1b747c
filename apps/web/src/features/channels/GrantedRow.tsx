import type { Channel, GrantedPages } from "@firstline/contracts";
import { Checkbox } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../ui/Avatar.tsx";
import { useFaultWords } from "../../ui/faultWords.ts";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./channels.module.css";

interface Props {
  page: GrantedPages["pages"][number];
  channel?: Channel;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** One granted Page or account: can it be connected, what does it lack, is it connected already. */
export function GrantedRow({ page, channel, checked, onChange }: Props) {
  const { t } = useTranslation("channels");
  const words = useFaultWords();
  const id = useId();
  const waiting = channel?.state === "needs_reauthorization";
  const lacks = page.missing.length > 0;
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
        <span className={classes.rowWords}>
          <span className={classes.rowTitle}>
            <b>{page.name}</b>
            <span className={classes.kind}>{t(`common:platform.${page.platform}`)}</span>
            {waiting ? (
              <Tag tone="bad">{t("common:channelState.needs_reauthorization")}</Tag>
            ) : page.connected ? (
              <Tag tone="good">{t("choose.connected")}</Tag>
            ) : null}
          </span>
          <span id={`${id}-about`} className={classes.grantedAbout}>
            {lacks
              ? page.missing.map((reason) => {
                  const told = words(reason.code, reason);
                  return (
                    <span key={reason.code} className={classes.lack}>
                      <b>{t("sentence", { text: told.title })}</b> {told.fix}
                    </span>
                  );
                })
              : waiting
                ? t("choose.renews")
                : page.connected
                  ? t("choose.adds")
                  : page.externalId}
          </span>
        </span>
      </label>
    </li>
  );
}
