import type { GrantedPages } from "@firstline/contracts";
import { Button, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { putChannel } from "../../lib/live.ts";
import { keys } from "../../lib/queryKeys.ts";
import { write } from "../../lib/storage.ts";
import { clockTime } from "../../lib/time.ts";
import { Notice } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import common from "./channels.module.css";
import { connectGranted } from "./connectGranted.ts";
import { DeclinedNotice } from "./DeclinedNotice.tsx";
import { GrantedRow } from "./GrantedRow.tsx";
import { GrantResult } from "./GrantResult.tsx";
import classes from "./granted.module.css";
import { RENEWING, type useChangeGrant } from "./queries.ts";
import { type GrantedPage, granted, MANY, useChosen } from "./useChosen.ts";

interface Props {
  grant: GrantedPages;
  back: { to: "/settings/channels"; label: string };
  change: ReturnType<typeof useChangeGrant>;
  onDone: () => void;
}

/** The Pages and accounts of a login: tick, connect, see what became of each. */
export function GrantChoice({ grant, back, change, onDone }: Props) {
  const { t, i18n } = useTranslation("connecting");
  const client = useQueryClient();
  const { pages, by, declined } = grant;
  const { channelOf, choosable, chosen, isChosen, set, absent } = useChosen(pages);
  const [text, setText] = useState("");
  const [done, setDone] = useState(0);
  const rows = useRef<HTMLUListElement>(null);
  const shown = matching(pages, text);
  const some = shown.filter((page) => page.missing.length === 0);

  const connect = useMutation({
    mutationFn: (wanted: GrantedPage[]) => connectGranted(grant.grantId, wanted, setDone),
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
  const until = { name: by.name ?? t("choose.nobody"), time: clockTime(grant.expiresAt, i18n.language) };
  const allTicked = some.length > 0 && some.every(isChosen);
  return (
    <Page title={t("choose.title")} text={t("choose.text", until)} back={back}>
      {absent ? (
        <Notice tone="bad" title={t("choose.wrong.title", { name: absent.name })} testId="grant-wrong">
          <p>{t("choose.wrong.text", { name: absent.name })}</p>
        </Notice>
      ) : null}
      {by.kind === "system_user" ? (
        <Notice tone="good" title={t("choose.systemUser.title")} testId="grant-system-user">
          <p>{t("choose.systemUser.text")}</p>
        </Notice>
      ) : null}
      <DeclinedNotice declined={declined} change={change} />
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length > 0) connect.mutate(chosen);
        }}
      >
        {pages.length > MANY ? (
          <div className={classes.tools}>
            <TextInput
              type="search"
              aria-label={t("choose.search")}
              placeholder={t("choose.search")}
              leftSection={<IconSearch size={16} stroke={1.7} />}
              autoComplete="off"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              onKeyDown={(event) => {
                if (event.key !== "Enter" && event.key !== "ArrowDown") return;
                // What was found, not the connection, is what the key asks for.
                event.preventDefault();
                boxesIn(rows.current)[0]?.focus();
              }}
              data-testid="grant-search"
            />
            <span role="status">{t("choose.found", { count: shown.length, all: pages.length })}</span>
            <Button
              variant="default"
              disabled={some.length === 0}
              onClick={() => set(some, !allTicked)}
              data-testid="grant-all"
            >
              {t(allTicked ? "choose.noneChosen" : text ? "choose.allShown" : "choose.all")}
            </Button>
          </div>
        ) : null}
        <Section flush testId="grant-pages">
          {shown.length === 0 ? (
            <p className={classes.none}>{t("choose.none", { text })}</p>
          ) : (
            <ul ref={rows} className={common.rows} aria-label={t("choose.list")} onKeyDown={moveAlong}>
              {shown.map((page) => (
                <GrantedRow
                  key={granted(page)}
                  page={page}
                  channel={channelOf(page)}
                  declined={declined}
                  checked={isChosen(page)}
                  onChange={(checked) => set([page], checked)}
                />
              ))}
            </ul>
          )}
        </Section>
        <p className={classes.absent}>
          {t("choose.absent")}{" "}
          <Button
            variant="default"
            size="xs"
            loading={change.isPending}
            disabled={connect.isPending}
            onClick={() => change.mutate()}
            data-testid="grant-change"
          >
            {t("choose.change")}
          </Button>
        </p>
        <ProblemNotice error={connect.error ?? change.error} title={t("channels:connect.failed")} />
        <div className={common.chooseBar}>
          <span role="status">
            {connect.isPending
              ? t("choose.progress", { done, all: chosen.length })
              : t("choose.chosen", { count: chosen.length, all: choosable.length })}
          </span>
          <Button variant="default" disabled={connect.isPending} onClick={onDone}>
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

function matching(pages: GrantedPage[], text: string): GrantedPage[] {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return pages;
  return pages.filter((page) =>
    [page.name, page.pageName, page.externalId].some((each) => each.toLowerCase().includes(wanted)),
  );
}

const boxesIn = (list: HTMLElement | null) => [
  ...(list?.querySelectorAll<HTMLInputElement>("input[type=checkbox]:not(:disabled)") ?? []),
];

/** Arrow keys go from box to box: with a hundred Pages, Tab alone is a long way. */
function moveAlong(event: KeyboardEvent<HTMLUListElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  const boxes = boxesIn(event.currentTarget);
  const next = boxes[boxes.indexOf(event.target as HTMLInputElement) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
