import type { Authorizer, Channel } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconKey, IconRobot, IconUser } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { dateOnly, fullTime, relative } from "../../lib/time.ts";
import { Ago } from "../../ui/Ago.tsx";
import { useFaultWords } from "../../ui/faultWords.ts";
import { Notice } from "../../ui/Notice.tsx";
import { Section } from "../../ui/Section.tsx";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./health.module.css";

const icons = { person: IconUser, system_user: IconRobot, unknown: IconKey };
const WEEK = 7 * 86_400_000;

/** Who gave the channel its access, and what is left of it. */
export function Authorizers(props: { channel: Channel; onAdd: (() => void) | null; adding: boolean }) {
  const { t } = useTranslation("channels");
  const { channel, onAdd, adding } = props;
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
            <AuthorizerRow key={authorizer.id} authorizer={authorizer} />
          ))}
        </ul>
      )}
      {alone ? (
        <div className={classes.alone}>
          <Notice actions={add} title={t("authorizers.alone.title", { name: alone.name ?? t("authorizers.someone") })}>
            <p>{t("authorizers.alone.text")}</p>
          </Notice>
        </div>
      ) : null}
    </Section>
  );
}

function AuthorizerRow({ authorizer }: { authorizer: Authorizer }) {
  const { t, i18n } = useTranslation("channels");
  const words = useFaultWords();
  const Icon = icons[authorizer.kind];
  const dead = authorizer.state === "dead";
  const told = authorizer.reason ? words(authorizer.reason.code, authorizer.reason) : null;
  const kind = t(`authorizers.kind.${authorizer.kind}`);
  return (
    <li className={classes.authorizer} data-testid="authorizer" data-state={authorizer.state}>
      <span className={classes.authorizerIcon} data-dead={dead || undefined}>
        <Icon size={18} stroke={1.6} aria-hidden />
      </span>
      <div className={classes.authorizerWords}>
        <div className={classes.authorizerName}>
          <b>{authorizer.name ?? t(`authorizers.unnamed.${authorizer.kind}`)}</b>
          <span>{authorizer.name ? kind : t("authorizers.noName")}</span>
          <Tag tone={dead ? "bad" : "good"}>{t(`authorizers.state.${authorizer.state}`)}</Tag>
        </div>
        {told ? (
          <p className={classes.deadReason}>
            <b>{t("sentence", { text: told.title })}</b> {told.explain}
          </p>
        ) : null}
        <dl className={classes.left}>
          <div>
            <dt>{t("authorizers.granted")}</dt>
            <dd title={fullTime(authorizer.grantedAt, i18n.language)}>
              {dateOnly(authorizer.grantedAt, i18n.language)}
            </dd>
          </div>
          <div>
            <dt>{t("authorizers.proved")}</dt>
            <dd>{authorizer.provedAt ? <Ago at={authorizer.provedAt} /> : t("authorizers.notYet")}</dd>
          </div>
          <div>
            <dt>{t("authorizers.expires")}</dt>
            <dd>
              <EndDate at={authorizer.expiresAt} dead={dead} />
            </dd>
          </div>
          <div>
            <dt>{t("authorizers.dataUntil")}</dt>
            <dd>
              <EndDate at={authorizer.dataAccessExpiresAt} dead={dead} />
            </dd>
          </div>
        </dl>
      </div>
    </li>
  );
}

/** A date on which something ends: quiet while it is far, amber in the last week, red once it has passed. */
function EndDate({ at, dead }: { at: string | null; dead: boolean }) {
  const { t, i18n } = useTranslation("channels");
  const now = useNow(60_000);
  if (at === null) return t("authorizers.noEnd");
  const left = Date.parse(at) - now;
  const tone = dead ? undefined : left <= 0 ? "bad" : left <= WEEK ? "warn" : undefined;
  return (
    <time dateTime={at} title={fullTime(at, i18n.language)} className={classes.end} data-tone={tone}>
      {dateOnly(at, i18n.language)} <span>({relative(at, now, i18n.language)})</span>
    </time>
  );
}
