import type { Channel } from "@firstline/contracts";
import { Button, NativeSelect } from "@mantine/core";
import { IconBooks, IconPlugConnected, IconPlus } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChannels, useMe } from "../../lib/session.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { NotAllowed } from "../../ui/NotAllowed.tsx";
import { Page } from "../../ui/Page.tsx";
import { Section } from "../../ui/Section.tsx";
import { RowSkeletons } from "../../ui/Skeletons.tsx";
import { chosenChannel, templateChannels } from "./channel.ts";
import { TemplateList } from "./list/TemplateList.tsx";
import { NoTemplatesHere } from "./NoTemplatesHere.tsx";
import classes from "./templates.module.css";

/** Utility templates of the Pages: what Meta says of each, and the ways to a new one. */
export function TemplatesScreen() {
  const { t } = useTranslation("templates");
  const search = useSearch({ from: "/app/settings/templates" });
  const navigate = useNavigate({ from: "/settings/templates" });
  const { channels, isPending, isError, error, refetch } = useChannels();
  const { may } = useMe();
  const shown = templateChannels(channels, search.channel);
  const channel = chosenChannel(shown, search.channel);
  const writable = may("templates:write") && channel?.platform === "messenger" && channel.state !== "disconnected";
  if (!may("conversations:read"))
    return (
      <Page title={t("title")}>
        <Section>
          <NotAllowed />
        </Section>
      </Page>
    );
  return (
    <Page title={t("title")} text={t("text")} actions={writable && channel ? <NewOnes channel={channel} /> : null}>
      {isPending ? (
        <Section flush>
          <RowSkeletons count={3} />
        </Section>
      ) : isError ? (
        <Section>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </Section>
      ) : !channel ? (
        <Section>
          <EmptyState
            icon={<IconPlugConnected size={26} stroke={1.5} />}
            title={t("noChannel.title")}
            text={t("noChannel.text")}
            testId="templates-no-channel"
          >
            <Button component={Link} to="/settings/channels" variant="default">
              {t("noChannel.go")}
            </Button>
          </EmptyState>
        </Section>
      ) : (
        <>
          {shown.length > 1 ? (
            <NativeSelect
              className={classes.channel}
              aria-label={t("channel")}
              value={channel.id}
              onChange={(event) =>
                void navigate({ to: ".", search: { channel: event.currentTarget.value }, replace: true })
              }
              data={shown.map((each) => ({
                value: each.id,
                label: `${each.name} · ${t(`common:platform.${each.platform}`)}`,
              }))}
              data-testid="templates-channel"
            />
          ) : null}
          {channel.platform === "instagram" ? (
            <NoTemplatesHere />
          ) : (
            <TemplateList
              key={channel.id}
              channel={channel}
              writable={writable}
              newOnes={<NewOnes channel={channel} />}
            />
          )}
        </>
      )}
    </Page>
  );
}

function NewOnes({ channel }: { channel: Channel }) {
  const { t } = useTranslation("templates");
  return (
    <>
      <Button
        renderRoot={(props) => <Link to="/settings/templates/library" search={{ channel: channel.id }} {...props} />}
        variant="default"
        leftSection={<IconBooks size={17} stroke={1.7} />}
        data-testid="template-library"
      >
        {t("fromLibrary")}
      </Button>
      <Button
        renderRoot={(props) => <Link to="/settings/templates/new" search={{ channel: channel.id }} {...props} />}
        leftSection={<IconPlus size={17} stroke={1.8} />}
        data-testid="template-new"
      >
        {t("new")}
      </Button>
    </>
  );
}
