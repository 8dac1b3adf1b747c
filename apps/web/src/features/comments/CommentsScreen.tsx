import { Button, NativeSelect } from "@mantine/core";
import { IconMessages, IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../lib/session.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { MoreRow } from "../../ui/MoreRow.tsx";
import { Page } from "../../ui/Page.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import { RowSkeletons } from "../../ui/Skeletons.tsx";
import { CommentRow } from "./CommentRow.tsx";
import classes from "./comments.module.css";
import { commentsQuery, useOpenAuthor } from "./queries.ts";

/** What people write under posts of the Pages and accounts, newest first. */
export function CommentsScreen() {
  const { t } = useTranslation("comments");
  const search = useSearch({ from: "/app/settings/comments" });
  const navigate = useNavigate({ from: "/settings/comments" });
  const { channels } = useChannels();
  const query = useInfiniteQuery(commentsQuery(search.channel));
  const openAuthor = useOpenAuthor();
  const rows = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <Page
      title={t("title")}
      text={t("text")}
      actions={
        <Button
          variant="default"
          leftSection={<IconRefresh size={16} stroke={1.7} />}
          onClick={() => void query.refetch()}
        >
          {t("refresh")}
        </Button>
      }
    >
      {channels.length > 1 || search.channel ? (
        <NativeSelect
          className={classes.channel}
          aria-label={t("channel")}
          value={search.channel ?? ""}
          onChange={(event) => {
            const channel = event.currentTarget.value || undefined;
            void navigate({ to: ".", search: channel ? { channel } : {}, replace: true });
          }}
          data={[
            { value: "", label: t("anyChannel") },
            ...channels.map((channel) => ({
              value: channel.id,
              label: `${channel.name} · ${t(`common:platform.${channel.platform}`)}`,
            })),
          ]}
          data-testid="comments-channel"
        />
      ) : null}
      <ProblemNotice error={openAuthor.error} />
      <Section flush>
        {query.isPending ? (
          <RowSkeletons count={6} />
        ) : query.isError && rows.length === 0 ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : rows.length === 0 ? (
          <EmptyState
            icon={<IconMessages size={26} stroke={1.5} />}
            title={t("empty.title")}
            text={t("empty.text")}
            testId="comments-empty"
          />
        ) : (
          <>
            <ul className={classes.list}>
              {rows.map((comment) => (
                <CommentRow
                  key={comment.id}
                  comment={comment}
                  onOpenAuthor={() => openAuthor.mutate(comment)}
                  opening={openAuthor.isPending && openAuthor.variables.id === comment.id}
                />
              ))}
            </ul>
            <MoreRow query={query} label={t("more")} />
          </>
        )}
      </Section>
    </Page>
  );
}
