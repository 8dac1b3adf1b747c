import { Button } from "@mantine/core";
import { IconBrandFacebook, IconKey, IconPlugConnected } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannels, useMe } from "../../lib/session.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import { RowSkeletons } from "../../ui/Skeletons.tsx";
import { CallbackProblem } from "./CallbackProblem.tsx";
import { ChannelRow } from "./ChannelRow.tsx";
import { ChooseGranted } from "./ChooseGranted.tsx";
import { ConnectByToken } from "./ConnectByToken.tsx";
import classes from "./channels.module.css";
import { useAuthorize } from "./queries.ts";
import { isIll } from "./state.ts";

/** The connected Pages and accounts. Coming back from Meta's dialog it first lets the person choose what to connect. */
export function ChannelsScreen() {
  const { grant } = useSearch({ from: "/app/settings/channels" });
  return grant ? <ChooseGranted key={grant} grantId={grant} /> : <Channels />;
}

function Channels() {
  const { t } = useTranslation("channels");
  const { error, detail } = useSearch({ from: "/app/settings/channels" });
  const navigate = useNavigate({ from: "/settings/channels" });
  const { channels, isPending, isError, error: failure, refetch } = useChannels();
  const { may } = useMe();
  const authorize = useAuthorize();
  const [byToken, setByToken] = useState(false);
  const connected = channels.filter((channel) => channel.state !== "disconnected");
  const gone = channels.filter((channel) => channel.state === "disconnected");
  const writable = may("channels:write");
  const connect = () => authorize.mutate(undefined);

  const actions = (
    <>
      <Button
        leftSection={<IconBrandFacebook size={17} stroke={1.7} />}
        loading={authorize.isPending}
        onClick={connect}
        data-testid="connect-facebook"
      >
        {t("connect.facebook")}
      </Button>
      <Button
        variant="default"
        leftSection={<IconKey size={16} stroke={1.6} />}
        onClick={() => setByToken(true)}
        data-testid="connect-token"
      >
        {t("connect.token")}
      </Button>
    </>
  );
  const empty = !isPending && !isError && channels.length === 0;

  return (
    <Page title={t("title")} text={t("text")} actions={writable && !empty ? actions : null}>
      {error ? (
        <CallbackProblem
          code={error}
          detail={detail}
          retrying={authorize.isPending}
          onRetry={writable ? connect : undefined}
          onClose={() => void navigate({ to: ".", search: {}, replace: true })}
        />
      ) : null}
      <ProblemNotice error={authorize.error} title={t("connect.failed")} />
      {isPending ? (
        <Section flush>
          <RowSkeletons count={3} />
        </Section>
      ) : isError ? (
        <Section>
          <ErrorState error={failure} onRetry={() => void refetch()} />
        </Section>
      ) : empty ? (
        <Section>
          <EmptyState
            icon={<IconPlugConnected size={26} stroke={1.5} />}
            title={t("empty.title")}
            text={writable ? t("empty.text") : t("empty.ask")}
            testId="channels-empty"
          >
            {writable ? actions : null}
          </EmptyState>
          {writable ? (
            <ol className={classes.steps}>
              {(["dialog", "choose", "arrive"] as const).map((step) => (
                <li key={step}>
                  <b>{t(`empty.steps.${step}.title`)}</b>
                  <span>{t(`empty.steps.${step}.text`)}</span>
                </li>
              ))}
            </ol>
          ) : null}
        </Section>
      ) : (
        <>
          {connected.length > 0 ? (
            <Summary ill={connected.filter(isIll).map((c) => c.name)} all={connected.length} />
          ) : null}
          {connected.length > 0 ? (
            <Section flush>
              <ul className={classes.rows} aria-label={t("title")}>
                {connected.map((channel) => (
                  <ChannelRow key={channel.id} channel={channel} />
                ))}
              </ul>
            </Section>
          ) : null}
          {gone.length > 0 ? (
            <Section flush title={t("gone.title")} text={t("gone.text")}>
              <ul className={classes.rows}>
                {gone.map((channel) => (
                  <ChannelRow key={channel.id} channel={channel} />
                ))}
              </ul>
            </Section>
          ) : null}
          {writable ? null : <p className={classes.aside}>{t("readOnly")}</p>}
        </>
      )}
      {byToken ? <ConnectByToken onClose={() => setByToken(false)} /> : null}
    </Page>
  );
}

/** The verdict over all channels, before any of them. */
function Summary({ ill, all }: { ill: string[]; all: number }) {
  const { t, i18n } = useTranslation("channels");
  if (ill.length === 0)
    return <Notice tone="good" title={t("summary.good", { count: all })} testId="channels-summary" />;
  const names = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(ill);
  return (
    <Notice tone="bad" title={t("summary.ill", { count: ill.length, all })} testId="channels-summary">
      <p>{t("summary.illText", { names })}</p>
    </Notice>
  );
}
