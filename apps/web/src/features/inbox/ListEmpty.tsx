import { Button } from "@mantine/core";
import {
  IconDeviceMobileMessage,
  IconMessages,
  IconMoodSmile,
  IconPlugConnected,
  IconSearch,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import type { InboxSearch } from "../../lib/inboxSearch.ts";
import { setupQuery, useChannels, useMe } from "../../lib/session.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";

const icon = { size: 26, stroke: 1.5 };

/** Why the list is empty. Before the first channel it leads to one. */
export function ListEmpty({ search }: { search: InboxSearch }) {
  const { t } = useTranslation("inbox");
  const navigate = useNavigate();
  const { isSuccess, channels } = useChannels();
  if (isSuccess && channels.length === 0) return <FirstSteps />;
  if (search.q) {
    return (
      <EmptyState
        icon={<IconSearch {...icon} />}
        title={t("empty.search.title", { q: search.q })}
        text={t("empty.search.text")}
        testId="list-empty"
      >
        <Button component={Link} to="/inbox" variant="default">
          {t("empty.search.all")}
        </Button>
      </EmptyState>
    );
  }
  if (search.channel || search.status) {
    return (
      <EmptyState
        icon={<IconMessages {...icon} />}
        title={t("empty.filtered.title")}
        text={t("empty.filtered.text")}
        testId="list-empty"
      >
        <Button variant="default" onClick={() => void navigate({ to: "/inbox", search: { tab: search.tab } })}>
          {t("empty.filtered.clear")}
        </Button>
      </EmptyState>
    );
  }
  const tab = search.tab ?? "all";
  return (
    <EmptyState
      icon={tab === "all" ? <IconMessages {...icon} /> : <IconMoodSmile {...icon} />}
      title={t(`empty.${tab}.title`)}
      text={t(`empty.${tab}.text`)}
      testId="list-empty"
    >
      {tab === "all" ? <LocalMeta /> : null}
    </EmptyState>
  );
}

function FirstSteps() {
  const { t } = useTranslation("inbox");
  const { may } = useMe();
  return (
    <EmptyState
      icon={<IconPlugConnected {...icon} />}
      title={t("first.title")}
      text={may("channels:write") ? t("first.text") : t("first.ask")}
      testId="first-steps"
    >
      {may("channels:write") ? (
        <Button component={Link} to="/settings/channels" data-testid="connect-page">
          {t("first.connect")}
        </Button>
      ) : null}
      <LocalMeta />
    </EmptyState>
  );
}

function LocalMeta() {
  const { t } = useTranslation("inbox");
  const { data } = useQuery(setupQuery);
  if (!data?.localMeta) return null;
  return (
    <Button
      component="a"
      href={data.localMeta}
      target="_blank"
      rel="noopener"
      variant="default"
      leftSection={<IconDeviceMobileMessage size={16} stroke={1.6} />}
      data-testid="open-local-meta"
    >
      {t("first.localMeta")}
    </Button>
  );
}
