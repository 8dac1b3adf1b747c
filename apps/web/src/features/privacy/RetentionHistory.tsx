import type { Retention } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { Ago } from "../../ui/Ago.tsx";
import classes from "./privacy.module.css";

/** Who changed the setting, and what went because of it, newest first. */
export function RetentionHistory({ retention }: { retention: Retention }) {
  const { t } = useTranslation("privacy");
  const named = (days: number | null) => (days === null ? t("retention.never") : t("retention.days", { days }));
  const lines = [
    ...retention.runs.map((run) => ({
      id: run.id,
      at: run.startedAt,
      text: t("retention.ran", {
        count: run.conversations,
        days: run.days,
        messages: run.messages,
        files: run.files,
      }),
    })),
    ...retention.changes.map(({ at, by, before, after }) => {
      const change = { before: named(before), after: named(after) };
      const text = by ? t("retention.changed", { ...change, name: by }) : t("retention.changedByKey", change);
      return { id: at, at, text };
    }),
  ].sort((a, b) => b.at.localeCompare(a.at));
  if (lines.length === 0) return null;
  return (
    <div className={classes.history} data-testid="retention-history">
      <h3>{t("retention.history")}</h3>
      <ul>
        {lines.map(({ id, at, text }) => (
          <li key={id}>
            <span>{text}</span> <Ago at={at} />
          </li>
        ))}
      </ul>
    </div>
  );
}
