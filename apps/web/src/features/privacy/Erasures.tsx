import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Ago } from "../../ui/Ago.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Section } from "../../ui/Section.tsx";
import { LineSkeletons } from "../../ui/Skeletons.tsx";
import classes from "./privacy.module.css";
import { erasuresQuery } from "./queries.ts";

/** Contacts that were deleted everywhere: how much there was, not who it was. */
export function Erasures() {
  const { t } = useTranslation("privacy");
  const query = useQuery(erasuresQuery);
  const rows = query.data?.data ?? [];
  return (
    <Section title={t("erasures.title")} text={t("erasures.text")} flush testId="erasures">
      {query.isPending ? (
        <LineSkeletons count={2} />
      ) : query.isError ? (
        <ErrorState compact error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <p className={classes.none}>{t("erasures.empty")}</p>
      ) : (
        <ul className={classes.list}>
          {rows.map(({ id, askedAt, askedBy, doneAt, counts }) => (
            <li key={id} className={classes.row} data-testid="erasure" data-done={doneAt !== null}>
              <div className={classes.words}>
                <p className={classes.meta}>
                  <span>
                    {askedBy ? t("erasures.asked", { name: askedBy }) : t("erasures.askedByKey")} <Ago at={askedAt} />
                  </span>
                </p>
                <p>
                  {t("erasures.counts", {
                    messages: counts.messages,
                    notes: counts.notes,
                    comments: counts.comments,
                    files: counts.files,
                    rewritten: counts.deliveriesRewritten,
                    removed: counts.deliveriesRemoved,
                  })}
                </p>
                {doneAt === null ? <p className={classes.meta}>{t("erasures.running")}</p> : null}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
