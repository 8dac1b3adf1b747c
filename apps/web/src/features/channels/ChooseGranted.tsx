import type { GrantedPages } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconClockX, IconFlagOff } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../lib/api.ts";
import { putChannel } from "../../lib/live.ts";
import { keys } from "../../lib/queryKeys.ts";
import { useChannels } from "../../lib/session.ts";
import { read, write } from "../../lib/storage.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Page } from "../../ui/Page.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import { RowSkeletons } from "../../ui/Skeletons.tsx";
import classes from "./channels.module.css";
import { GrantedRow } from "./GrantedRow.tsx";
import { GrantResult } from "./GrantResult.tsx";
import { connectGranted, grantQuery, RENEWING, useAuthorize } from "./queries.ts";

export type GrantedPage = GrantedPages["pages"][number];
export const granted = (page: { platform: string; externalId: string }) => `${page.platform}:${page.externalId}`;

/** Second half of connecting: which of the Pages and accounts the person granted. */
export function ChooseGranted({ grantId }: { grantId: string }) {
  const { t } = useTranslation("channels");
  const navigate = useNavigate();
  const query = useQuery(grantQuery(grantId));
  const authorize = useAuthorize();
  const back = { to: "/settings/channels" as const, label: t("title") };

  if (query.isPending) {
    return (
      <Page title={t("choose.title")} text={t("choose.reading")} back={back}>
        <Section flush>
          <RowSkeletons count={4} />
        </Section>
      </Page>
    );
  }
  const gone = query.error instanceof ApiProblem && [404, 409, 422].includes(query.error.status);
  const again = (
    <Button loading={authorize.isPending} onClick={() => authorize.mutate(undefined)} data-testid="connect-facebook">
      {t("choose.again")}
    </Button>
  );
  if (query.isError && !gone) {
    return (
      <Page title={t("choose.title")} back={back}>
        <Section>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Section>
      </Page>
    );
  }
  if (query.isError || query.data.pages.length === 0) {
    const name = query.isError ? "expired" : "none";
    return (
      <Page title={t("choose.title")} back={back}>
        <Section>
          <EmptyState
            icon={query.isError ? <IconClockX size={26} stroke={1.5} /> : <IconFlagOff size={26} stroke={1.5} />}
            title={t(`choose.${name}.title`)}
            text={t(`choose.${name}.text`)}
            testId={`grant-${name}`}
          >
            {again}
          </EmptyState>
          <ProblemNotice error={authorize.error} title={t("connect.failed")} />
        </Section>
      </Page>
    );
  }
  return (
    <Choice
      grantId={grantId}
      pages={query.data.pages}
      back={back}
      onDone={() => void navigate({ to: "/settings/channels", search: {}, replace: true })}
    />
  );
}

function Choice(props: {
  grantId: string;
  pages: GrantedPage[];
  back: { to: "/settings/channels"; label: string };
  onDone: () => void;
}) {
  const { grantId, pages, back, onDone } = props;
  const { t } = useTranslation("channels");
  const client = useQueryClient();
  const { channels } = useChannels();
  const channelOf = (page: GrantedPage) => channels.find((channel) => granted(channel) === granted(page));
  const [renewing] = useState(() => read(RENEWING));

  // New ones, and those that wait for a fresh access. A working channel is left alone unless it was the reason to come.
  const offered = (page: GrantedPage) => {
    if (page.missing.length > 0) return false;
    const channel = channelOf(page);
    if (renewing) return channel?.id === renewing || channel?.state === "needs_reauthorization";
    return !page.connected || channel?.state === "needs_reauthorization";
  };
  const [touched, setTouched] = useState<Record<string, boolean>>({});
  const isChosen = (page: GrantedPage) => page.missing.length === 0 && (touched[granted(page)] ?? offered(page));
  const chosen = pages.filter(isChosen);
  const choosable = pages.filter((page) => page.missing.length === 0);

  const connect = useMutation({
    mutationFn: (wanted: GrantedPage[]) => connectGranted(grantId, wanted),
    onSuccess: (result) => {
      write(RENEWING, null);
      for (const channel of result.channels) putChannel(client, channel);
      void client.invalidateQueries({ queryKey: keys.channels });
    },
  });

  if (connect.data) {
    const failed = pages.filter((page) => connect.data.failures.some((each) => each.externalId === page.externalId));
    return (
      <GrantResult
        result={connect.data}
        pages={pages}
        back={back}
        retrying={connect.isPending}
        onRetry={() => connect.mutate(failed)}
        onDone={onDone}
      />
    );
  }
  return (
    <Page title={t("choose.title")} text={t("choose.text")} back={back}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length > 0) connect.mutate(chosen);
        }}
      >
        <Section flush testId="grant-pages">
          <ul className={classes.rows}>
            {pages.map((page) => (
              <GrantedRow
                key={granted(page)}
                page={page}
                channel={channelOf(page)}
                checked={isChosen(page)}
                onChange={(checked) => setTouched((before) => ({ ...before, [granted(page)]: checked }))}
              />
            ))}
          </ul>
        </Section>
        <ProblemNotice error={connect.error} title={t("connect.failed")} />
        <div className={classes.chooseBar}>
          <span>{t("choose.chosen", { count: chosen.length, all: choosable.length })}</span>
          <Button variant="default" onClick={onDone}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" disabled={chosen.length === 0} loading={connect.isPending} data-testid="grant-connect">
            {t("choose.submit")}
          </Button>
        </div>
      </form>
    </Page>
  );
}
