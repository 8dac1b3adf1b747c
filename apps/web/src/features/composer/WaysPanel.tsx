import type { Channel, Conversation, Reason } from "@firstline/contracts";
import { WAYS } from "@firstline/core/ways";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { dateOnly, dateTime } from "../../lib/time.ts";
import { useFaultWords } from "../../ui/faultWords.ts";
import type { ComposerStatus } from "./status.ts";
import classes from "./ways.module.css";
import { type WayShown, waysShown } from "./waysShown.ts";

interface Props {
  conversation: Conversation;
  channel: Channel | undefined;
  status: ComposerStatus;
}

/** Everything that stands in the way, with who can change it, then every way Meta has, usable or not. */
export function WaysPanel({ conversation, channel, status }: Props) {
  const { t, i18n } = useTranslation("composer");
  const words = useFaultWords();
  const lang = i18n.language === "zh-TW" ? "zhTW" : "en";
  // The server's reasons belong to the state it saw. When the window has closed since, the catalogue says why.
  const reasons =
    status.reasons.length > 0 || status.canSend
      ? status.reasons
      : [{ code: "window_closed", title: "", explain: "", fix: "", owner: "customer" as const }];
  const all = waysShown({ ...conversation.reply, reasons }, channel?.platform, useNow(30_000));
  const others = all.filter(({ state }) => state === "elsewhere" || state === "ended");
  return (
    <>
      {reasons.length > 0 ? (
        <section className={classes.part}>
          <h3>{t("panel.why")}</h3>
          {reasons.map((reason) => {
            const text = words(reason.code, reason);
            return (
              <div key={reason.code} className={classes.reason} data-testid="reply-reason" data-code={reason.code}>
                <b>{text.title}</b>
                <p>{text.explain}</p>
                <p>{text.fix}</p>
                <small data-testid="reply-reason-owner">{t(`common:owner.${reason.owner}`)}</small>
              </div>
            );
          })}
        </section>
      ) : null}
      <section className={classes.part}>
        <h3>{t("panel.ways")}</h3>
        {all
          .filter((one) => !others.includes(one))
          .map((one) => (
            <OurWay key={one.name} one={one} reasons={reasons} canSend={status.canSend} lang={lang} />
          ))}
        <p className={classes.opens}>{t("panel.opens", { text: WAYS.reply.opensOn[lang] })}</p>
      </section>
      {others.length > 0 ? (
        <section className={classes.part}>
          <h3>{t("panel.others")}</h3>
          {others.map(({ name, way, state }) => (
            <div key={name} className={classes.other} data-testid="reply-way-other" data-way={name}>
              <header>
                <b>{t(`way.${name}`)}</b>
                <span>
                  {state === "ended" && way.validUntil
                    ? t("panel.ended", { date: dateOnly(way.validUntil, i18n.language) })
                    : t(way.opens === "comment" ? "panel.atComment" : "panel.notHere")}
                </span>
              </header>
              <p>{way.replacement ? t("panel.instead", { text: way.replacement[lang] }) : way.allowed[lang]}</p>
            </div>
          ))}
        </section>
      ) : null}
    </>
  );
}

interface OurWayProps {
  one: WayShown;
  reasons: Reason[];
  canSend: boolean;
  lang: "en" | "zhTW";
}

function OurWay({ one, reasons, canSend, lang }: OurWayProps) {
  const { t, i18n } = useTranslation("composer");
  const words = useFaultWords();
  const { name, way, state, opensAt, until, reason } = one;
  const time = (at: string | null) => (at ? dateTime(at, i18n.language) : "");
  const why =
    reason && state === "not_now"
      ? words(
          reason,
          reasons.find(({ code }) => code === reason),
        ).title
      : "";
  return (
    <div
      className={classes.way}
      data-active={state === "now" || undefined}
      data-testid="reply-way"
      data-way={name}
      data-reason={reason ?? undefined}
    >
      <header>
        <b>{t(`way.${name}`)}</b>
        <span>
          {state === "now" && opensAt === null
            ? t("templates.any")
            : state === "now" && canSend
              ? t("panel.until", { time: time(until) })
              : state === "later"
                ? t("panel.from", { from: time(opensAt), until: time(until) })
                : t("panel.notNow")}
        </span>
      </header>
      {why ? <p className={classes.why}>{why}</p> : null}
      <p>{way.allowed[lang]}</p>
      <p className={classes.forbidden}>{t("panel.forbidden", { text: way.forbidden[lang] })}</p>
    </div>
  );
}
