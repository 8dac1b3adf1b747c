import type { Message } from "@firstline/contracts";
import {
  IconAd,
  IconCalendarEvent,
  IconClipboardText,
  IconForms,
  IconShoppingBag,
  IconStars,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./card.module.css";
import { type CardLine, cardOf } from "./details.ts";

const icons = {
  lead: IconAd,
  order: IconShoppingBag,
  form: IconForms,
  feedback: IconStars,
  appointment: IconCalendarEvent,
} as const;

/** Content with a structure: answers of a lead ad or form, lines of an order, an appointment in the reader's time. */
export function DetailsCard({ message }: { message: Message }) {
  const { t, i18n } = useTranslation("thread");
  const { kind } = message;
  const Icon = icons[kind as keyof typeof icons] ?? IconClipboardText;
  const card = cardOf(message, i18n.language);
  const status = card.status ? t(`card.status.${card.status}`, { defaultValue: card.status }) : null;
  return (
    <section
      className={classes.card}
      data-testid="details-card"
      data-card={kind}
      data-status={card.status ?? undefined}
    >
      <header>
        <Icon size={16} stroke={1.7} aria-hidden />
        <b>{t(`card.title.${card.title}`)}</b>
        {status ? <span data-testid="card-status">{status}</span> : null}
      </header>
      {card.when ? <p className={classes.when}>{card.when}</p> : null}
      {card.lines.length > 0 ? (
        <dl>
          {card.lines.map((line) => (
            <Line key={line.key} line={line} />
          ))}
        </dl>
      ) : null}
    </section>
  );
}

function Line({ line }: { line: CardLine }) {
  const { t } = useTranslation("thread");
  const label = line.known ? t(`card.label.${line.known}`) : line.label;
  return (
    <div data-alone={label === null || undefined}>
      {label === null ? null : <dt>{label}</dt>}
      <dd>{line.value}</dd>
    </div>
  );
}
