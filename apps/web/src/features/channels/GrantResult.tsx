import type { Channel, GrantedPages, Problem } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../ui/Avatar.tsx";
import { Page } from "../../ui/Page.tsx";
import { Section } from "../../ui/Section.tsx";
import classes from "./channels.module.css";
import { StateMark } from "./StateMark.tsx";
import { SelfTestLine } from "./self-test/SelfTestLine.tsx";

export interface ConnectedPages {
  channels: Channel[];
  failures: { externalId: string; problem: Problem }[];
}

interface Props {
  result: ConnectedPages;
  pages: GrantedPages["pages"];
  back: { to: "/settings/channels"; label: string };
  retrying: boolean;
  onRetry: () => void;
  onDone: () => void;
}

/** What became of each chosen Page. */
export function GrantResult({ result, pages, back, retrying, onRetry, onDone }: Props) {
  const { t } = useTranslation("channels");
  const { channels, failures } = result;
  const title = failures.length === 0 ? "allDone" : channels.length === 0 ? "noneDone" : "someDone";
  return (
    <Page
      title={
        <span role="status">
          {t(`result.${title}`, { count: channels.length, all: channels.length + failures.length })}
        </span>
      }
      text={t(`result.${{ allDone: "text", someDone: "failedText", noneDone: "noneText" }[title]}`)}
      back={back}
    >
      <Section flush testId="grant-result">
        <ul className={classes.rows}>
          {failures.map(({ externalId, problem }) => {
            const page = pages.find((each) => each.externalId === externalId);
            return (
              <li key={externalId} className={classes.row} data-testid="grant-failure">
                <Avatar name={page?.name ?? externalId} seed={externalId} platform={page?.platform} />
                <div className={classes.rowWords}>
                  <div className={classes.rowTitle}>
                    <b>{page?.name ?? externalId}</b>
                  </div>
                  <div className={classes.stateLine} data-tone="bad">
                    <StateMark tone="bad" size={15} />
                    <b>{problem.title}</b>
                  </div>
                  <div className={classes.reason}>
                    {problem.detail && problem.detail !== problem.title ? <p>{problem.detail}</p> : null}
                    {problem.fix ? <p>{problem.fix}</p> : null}
                    <p className={classes.owner}>{t(`common:owner.${problem.owner}`)}</p>
                  </div>
                </div>
              </li>
            );
          })}
          {channels.map((channel) => (
            <li key={channel.id} className={classes.row} data-testid="grant-connected">
              <Avatar name={channel.name} seed={channel.id} platform={channel.platform} />
              <div className={classes.rowWords}>
                <div className={classes.rowTitle}>
                  <b>{channel.name}</b>
                  <span className={classes.kind}>{t(`common:platform.${channel.platform}`)}</span>
                </div>
                <div className={classes.stateLine} data-tone="good">
                  <StateMark tone="good" size={15} />
                  <b>{t("result.connected")}</b>
                </div>
                <SelfTestLine channelId={channel.id} />
              </div>
              <div className={classes.rowActions}>
                <Button
                  component={Link}
                  to={`/settings/channels/${channel.id}`}
                  size="xs"
                  variant="default"
                  data-testid="grant-health"
                >
                  {t("health.open")}
                </Button>
              </div>
            </li>
          ))}
        </ul>
      </Section>
      <div className={classes.chooseBar}>
        {failures.length > 0 ? (
          <Button variant="default" loading={retrying} onClick={onRetry}>
            {t("result.retry")}
          </Button>
        ) : null}
        <Button onClick={onDone} data-testid="grant-done">
          {t("result.done")}
        </Button>
      </div>
    </Page>
  );
}
