import type { Channel } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconRefresh, IconTemplate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Ago } from "../../../ui/Ago.tsx";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { useFaultWords } from "../../../ui/faultWords.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { ProblemNotice } from "../../../ui/ProblemNotice.tsx";
import { Section } from "../../../ui/Section.tsx";
import { RowSkeletons } from "../../../ui/Skeletons.tsx";
import { templatesQuery, useReadAgain } from "../queries.ts";
import classes from "../templates.module.css";
import { TemplateRow } from "./TemplateRow.tsx";

interface Props {
  channel: Channel;
  writable: boolean;
  /** The ways to a new template. */
  newOnes: ReactNode;
}

/** Templates of one Page, what stands in the way of reading them, and when Meta was last asked. */
export function TemplateList({ channel, writable, newOnes }: Props) {
  const { t } = useTranslation("templates");
  const words = useFaultWords();
  const query = useQuery(templatesQuery(channel.id));
  const again = useReadAgain(channel.id);
  const list = query.data?.data ?? [];
  const problem = query.data?.problem ?? null;
  const told = problem ? words(problem.code, problem) : null;
  return (
    <>
      {told && problem ? (
        <Notice
          tone="warn"
          title={told.title}
          testId="templates-problem"
          actions={
            <Button
              renderRoot={(props) => (
                <Link to="/settings/channels/$channelId" params={{ channelId: channel.id }} {...props} />
              )}
              size="xs"
              variant="default"
            >
              {t("toHealth")}
            </Button>
          }
        >
          <p>{told.explain}</p>
          <p>{told.fix}</p>
        </Notice>
      ) : null}
      <ProblemNotice error={again.error} title={t("refreshFailed")} />
      {query.isSuccess ? (
        <div className={classes.read}>
          <span role="status">
            {query.data.readAt ? (
              <>
                {t("readAt")} <Ago at={query.data.readAt} />
              </>
            ) : (
              t("neverRead")
            )}
          </span>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconRefresh size={15} stroke={1.7} aria-hidden />}
            loading={again.isPending}
            onClick={() => again.mutate()}
            data-testid="templates-refresh"
          >
            {t("refresh")}
          </Button>
        </div>
      ) : null}
      <Section flush>
        {query.isPending ? (
          <RowSkeletons count={4} />
        ) : query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : list.length === 0 ? (
          <EmptyState
            icon={<IconTemplate size={26} stroke={1.5} />}
            title={t("empty.title")}
            text={t(writable ? "empty.text" : "empty.ask")}
            testId="templates-empty"
          >
            {writable ? newOnes : null}
          </EmptyState>
        ) : (
          <ul className={classes.list} aria-label={t("title")}>
            {list.map((template) => (
              <TemplateRow key={template.id} template={template} writable={writable} />
            ))}
          </ul>
        )}
      </Section>
      {list.length > 0 && !writable ? <p className={classes.aside}>{t("readOnly")}</p> : null}
    </>
  );
}
