import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { dateTime, preciseTime } from "../lib/time.ts";

const stamp = /(\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d)? UTC)/;
const isoOf = (utc: string): string => `${utc.slice(0, -4).replace(" ", "T")}Z`;

/** Texts of the server carry times in UTC, so that a report reads the same everywhere; here they are shown in the reader's own zone. */
export function LocalTimes({ text, words }: { text: string; words?: (text: string) => React.ReactNode }) {
  const { i18n } = useTranslation();
  const parts = text.split(stamp).map((part, index) => ({ part, index, time: index % 2 === 1 }));
  return parts.map(({ part, index, time }) =>
    time ? (
      <time key={index} dateTime={isoOf(part)} title={part}>
        {/:\d\d:/.test(part) ? preciseTime(isoOf(part), i18n.language) : dateTime(isoOf(part), i18n.language)}
      </time>
    ) : (
      <Fragment key={index}>{words ? words(part) : part}</Fragment>
    ),
  );
}
