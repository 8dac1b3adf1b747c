import { useTranslation } from "react-i18next";
import { LocalTimes } from "../../ui/LocalTimes.tsx";
import classes from "./health.module.css";

const name = "(?:[a-z]+_[a-z_]+|messages|standby|feed|comments|mentions)";
const fields = new RegExp(`(${name}(?:, ${name})+)`);

/** What was found: times in the reader's own zone, Meta's names as names. `folded`: long lists of them only counted. */
export const Evidence = ({ text, folded }: { text: string; folded?: boolean }) => (
  <LocalTimes text={text} words={(part) => <Names text={part} folded={folded} />} />
);

/** A list of Meta's names (webhook fields, permissions) reads as names; where all is well a long one is folded to its count. */
function Names({ text, folded }: { text: string; folded?: boolean }) {
  const { t } = useTranslation("channels");
  const parts = text.split(fields).map((part, index) => ({ part, index, names: index % 2 === 1 }));
  return parts.map(({ part, index, names }) => {
    // The full stop after a list would stand before the next sentence, or alone.
    if (!names) return index === 0 ? part : part.replace(/^[.。]/, "");
    const count = part.split(", ").length;
    if (!folded || count < 5) return <code key={index}>{part}</code>;
    return (
      <details key={index} className={classes.names}>
        <summary>{t("health.names", { count })}</summary>
        <code>{part}</code>
      </details>
    );
  });
}
