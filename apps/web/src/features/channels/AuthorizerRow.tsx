import type { Authorizer } from "@firstline/contracts";
import { ActionIcon } from "@mantine/core";
import { IconKey, IconRobot, IconTrash, IconUser } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { dateOnly, fullTime, relative } from "../../lib/time.ts";
import { Ago } from "../../ui/Ago.tsx";
import { useFaultWords } from "../../ui/faultWords.ts";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./health.module.css";

const icons = { person: IconUser, system_user: IconRobot, unknown: IconKey };
/** What matters here first. */
const TASKS = ["MESSAGING", "MANAGE", "MODERATE", "CREATE_CONTENT", "ADVERTISE", "ANALYZE"];
const WEEK = 7 * 86_400_000;

/** Whose access it is, who connected it, what it is good for and until when. */
export function AuthorizerRow({ authorizer, onRemove }: { authorizer: Authorizer; onRemove: (() => void) | null }) {
  const { t, i18n } = useTranslation("channels");
  const words = useFaultWords();
  const Icon = icons[authorizer.kind];
  const dead = authorizer.state === "dead";
  const told = authorizer.reason ? words(authorizer.reason.code, authorizer.reason) : null;
  const kind = t(`authorizers.kind.${authorizer.kind}`);
  const name = authorizer.name ?? t(`authorizers.unnamed.${authorizer.kind}`);
  const { connectedBy, tasks, lacking } = authorizer;
  const task = (each: string) => t(`authorizers.task.${each}`, { defaultValue: each });
  const list = (words: string[]) => words.join(i18n.language === "zh-TW" ? "、" : ", ");
  const rank = (each: string) => (TASKS.indexOf(each) + TASKS.length + 1) % (TASKS.length + 1);
  const lacks = dead ? [] : [...lacking.tasks.map(task), ...lacking.permissions];
  return (
    <li className={classes.authorizer} data-testid="authorizer" data-state={authorizer.state}>
      <span className={classes.authorizerIcon} data-dead={dead || undefined}>
        <Icon size={18} stroke={1.6} aria-hidden />
      </span>
      <div className={classes.authorizerWords}>
        <div className={classes.authorizerName}>
          <b>{name}</b>
          <span>{authorizer.name ? kind : t("authorizers.noName")}</span>
          <Tag tone={dead ? "bad" : authorizer.inUse ? "accent" : "good"}>
            {t(authorizer.inUse ? "authorizers.state.inUse" : `authorizers.state.${authorizer.state}`)}
          </Tag>
        </div>
        {connectedBy ? (
          <p className={classes.by}>
            {t("authorizers.by", { name: connectedBy.name ?? t("authorizers.someone") })}
            {connectedBy.deactivated ? <Tag tone="warn">{t("authorizers.byGone")}</Tag> : null}
          </p>
        ) : null}
        {told ? (
          <p className={classes.deadReason}>
            <b>{t("sentence", { text: told.title })}</b> {told.explain}
          </p>
        ) : null}
        {lacks.length > 0 ? (
          <p className={classes.lacks} data-testid="authorizer-lacks">
            {t("authorizers.lacks", { list: list(lacks) })}
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
          {tasks && tasks.length > 0 ? (
            <div className={classes.may}>
              <dt>{t("authorizers.may")}</dt>
              <dd>{list(tasks.toSorted((a, b) => rank(a) - rank(b)).map(task))}</dd>
            </div>
          ) : null}
        </dl>
      </div>
      {onRemove ? (
        <ActionIcon
          size={30}
          aria-label={t("authorizers.remove.label", { name })}
          title={t("authorizers.remove.action")}
          onClick={onRemove}
          data-testid="authorizer-remove"
        >
          <IconTrash size={16} stroke={1.6} />
        </ActionIcon>
      ) : null}
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
