import type { Authorizer, Channel } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { AuthorizerRow } from "./AuthorizerRow.tsx";
import classes from "./health.module.css";
import { RemoveAuthorizer } from "./RemoveAuthorizer.tsx";

/** Who gave the channel its access, and what is left of it. */
export function Authorizers(props: { channel: Channel; onAdd: (() => void) | null; adding: boolean }) {
  const { t } = useTranslation("channels");
  const { channel, onAdd, adding } = props;
  const [removed, setRemoved] = useState<Authorizer | null>(null);
  const live = channel.authorizers.filter((each) => each.state === "live");
  const alone = live.length === 1 && live[0]?.kind !== "system_user" ? live[0] : null;
  const add =
    onAdd && channel.state !== "disconnected" && live.length > 0 ? (
      <Button variant="default" size="xs" loading={adding} onClick={onAdd} data-testid="add-authorizer">
        {t("authorizers.add")}
      </Button>
    ) : null;
  return (
    <Section flush title={t("authorizers.title")} text={t("authorizers.text")} actions={alone ? null : add}>
      {channel.authorizers.length === 0 ? (
        <p className={classes.none}>{t("authorizers.none")}</p>
      ) : (
        <ul className={classes.authorizers}>
          {channel.authorizers.map((authorizer) => (
            <AuthorizerRow
              key={authorizer.id}
              authorizer={authorizer}
              onRemove={onAdd ? () => setRemoved(authorizer) : null}
            />
          ))}
        </ul>
      )}
      {alone ? (
        <div className={classes.alone}>
          <Notice actions={add} title={t("authorizers.alone.title", { name: alone.name ?? t("authorizers.someone") })}>
            <p>
              {alone.connectedBy?.deactivated
                ? t("authorizers.alone.gone", { name: alone.connectedBy.name ?? t("authorizers.someone") })
                : null}
              {t("authorizers.alone.text")}
            </p>
          </Notice>
        </div>
      ) : null}
      {removed ? <RemoveAuthorizer channel={channel} authorizer={removed} onClose={() => setRemoved(null)} /> : null}
    </Section>
  );
}
