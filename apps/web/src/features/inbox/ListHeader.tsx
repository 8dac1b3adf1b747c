import { ActionIcon, CloseButton, Menu, TextInput, Tooltip } from "@mantine/core";
import { IconAdjustmentsHorizontal, IconAlertTriangle, IconClockExclamation, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { countsQuery } from "../../lib/conversations.ts";
import { capped } from "../../lib/counts.ts";
import type { InboxSearch, Tab } from "../../lib/inboxSearch.ts";
import { useChannels } from "../../lib/session.ts";
import { PlatformMark } from "../../ui/Avatar.tsx";
import { MenuChoice } from "../../ui/MenuChoice.tsx";
import classes from "./inbox.module.css";

interface Props {
  search: InboxSearch;
  searchRef: RefObject<HTMLInputElement | null>;
}

export function ListHeader({ search, searchRef }: Props) {
  return (
    <header className={classes.header}>
      <div className={classes.searchLine}>
        <SearchBox search={search} searchRef={searchRef} />
        <FilterMenu search={search} />
      </div>
      <Tabs search={search} />
      <ActiveFilters search={search} />
    </header>
  );
}

function SearchBox({ search, searchRef }: Props) {
  const { t } = useTranslation("inbox");
  // Without a `from`, “.” is the address as it stands: what narrows the list leaves the open conversation open.
  const navigate = useNavigate();
  const [text, setText] = useState(search.q ?? "");
  const written = useRef(search.q ?? "");

  // The address may change from outside: back button, a link that clears the search.
  useEffect(() => {
    if ((search.q ?? "") !== written.current) {
      written.current = search.q ?? "";
      setText(search.q ?? "");
    }
  }, [search.q]);

  useEffect(() => {
    if (text === written.current) return;
    const timer = setTimeout(() => {
      written.current = text;
      void navigate({
        to: ".",
        search: (before: InboxSearch) => ({ ...before, q: text.trim() ? text : undefined }),
        replace: true,
      });
    }, 220);
    return () => clearTimeout(timer);
  }, [text, navigate]);

  return (
    <TextInput
      ref={searchRef}
      className={classes.search}
      type="search"
      role="searchbox"
      aria-label={t("search")}
      placeholder={t("search")}
      leftSection={<IconSearch size={16} stroke={1.7} />}
      rightSectionPointerEvents="all"
      rightSection={
        text ? (
          <CloseButton size="sm" aria-label={t("clearSearch")} onClick={() => setText("")} />
        ) : (
          <kbd className={classes.kbd} aria-hidden>
            /
          </kbd>
        )
      }
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        if (text) setText("");
        else event.currentTarget.blur();
      }}
      data-testid="search-input"
    />
  );
}

function Tabs({ search }: { search: InboxSearch }) {
  const { t } = useTranslation("inbox");
  const { data: counts } = useQuery(countsQuery(search.channel));
  const current = search.tab ?? "all";
  const link = (tab: Tab, inner: React.ReactNode, props: { className: string; tone?: string }) => (
    <Link
      to="."
      search={(before: InboxSearch) => ({ ...before, tab: tab === "all" ? undefined : tab })}
      className={props.className}
      aria-current={current === tab ? "page" : undefined}
      data-active={current === tab || undefined}
      data-tone={props.tone}
      data-testid={`filter-${tab}`}
    >
      {inner}
    </Link>
  );
  const count = (value: number | undefined) =>
    value ? (
      <>
        <span className="sr-only">, </span>
        <span className={classes.count}>{capped(value)}</span>
      </>
    ) : null;
  return (
    <nav className={classes.tabs} aria-label={t("tabs")}>
      {(["mine", "unassigned", "all"] as const).map((tab) => (
        <span key={tab}>
          {link(
            tab,
            <>
              {t(`tab.${tab}`)}
              {count(counts?.[tab])}
            </>,
            { className: classes.tab ?? "" },
          )}
        </span>
      ))}
      <span className={classes.space} />
      <Tooltip label={t("tab.endingSoon")}>
        <span>
          {link(
            "endingSoon",
            <>
              <IconClockExclamation size={16} stroke={1.7} aria-hidden />
              <span className="sr-only">{t("tab.endingSoon")}</span>
              {count(counts?.endingSoon)}
            </>,
            { className: classes.tab ?? "", tone: counts?.endingSoon ? "warn" : undefined },
          )}
        </span>
      </Tooltip>
      <Tooltip label={t("tab.needsLook")}>
        <span>
          {link(
            "needsLook",
            <>
              <IconAlertTriangle size={16} stroke={1.7} aria-hidden />
              <span className="sr-only">{t("tab.needsLook")}</span>
              {count(counts?.needsLook)}
            </>,
            { className: classes.tab ?? "", tone: counts?.needsLook ? "bad" : undefined },
          )}
        </span>
      </Tooltip>
    </nav>
  );
}

function FilterMenu({ search }: { search: InboxSearch }) {
  const { t } = useTranslation("inbox");
  const { channels } = useChannels();
  const navigate = useNavigate();
  const set = (change: Partial<InboxSearch>) =>
    void navigate({ to: ".", search: (before: InboxSearch) => ({ ...before, ...change }) });
  const choice = (label: React.ReactNode, chosen: boolean, change: Partial<InboxSearch>, key: string) => (
    <MenuChoice key={key} chosen={chosen} onChoose={() => set(change)} stays testId={`list-${key}`}>
      {label}
    </MenuChoice>
  );
  return (
    <Menu position="bottom-end" width={230}>
      <Menu.Target>
        <ActionIcon size={36} variant="default" aria-label={t("filters")} data-testid="list-filters">
          <IconAdjustmentsHorizontal size={18} stroke={1.6} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t("status.label")}</Menu.Label>
        {choice(t("status.open"), search.status !== "resolved", { status: undefined }, "status-open")}
        {choice(t("status.resolved"), search.status === "resolved", { status: "resolved" }, "status-resolved")}
        <Menu.Label>{t("sort.label")}</Menu.Label>
        {choice(t("sort.newest"), search.sort !== "window", { sort: undefined }, "sort-newest")}
        {choice(t("sort.window"), search.sort === "window", { sort: "window" }, "sort-window")}
        {channels.length > 1 ? (
          <>
            <Menu.Label>{t("channel.label")}</Menu.Label>
            {choice(t("channel.all"), !search.channel, { channel: undefined }, "channel-all")}
            {channels.map((channel) =>
              choice(
                <span className={classes.channelChoice}>
                  <PlatformMark platform={channel.platform} />
                  {channel.name}
                </span>,
                search.channel === channel.id,
                { channel: channel.id },
                `channel-${channel.id}`,
              ),
            )}
          </>
        ) : null}
      </Menu.Dropdown>
    </Menu>
  );
}

/** What narrows the list beyond its tab, each removable. */
function ActiveFilters({ search }: { search: InboxSearch }) {
  const { t } = useTranslation("inbox");
  const { byId } = useChannels();
  const navigate = useNavigate();
  const active: { key: keyof InboxSearch; label: string }[] = [];
  if (search.status && !search.q) active.push({ key: "status", label: t("status.resolved") });
  if (search.channel) active.push({ key: "channel", label: byId(search.channel)?.name ?? t("channel.label") });
  if (search.sort) active.push({ key: "sort", label: t("sort.window") });
  if (active.length === 0) return null;
  return (
    <div className={classes.chips}>
      {active.map(({ key, label }) => (
        <span key={key} className={classes.chip}>
          {label}
          <CloseButton
            size="xs"
            aria-label={t("removeFilter", { label })}
            onClick={() =>
              void navigate({ to: ".", search: (before: InboxSearch) => ({ ...before, [key]: undefined }) })
            }
          />
        </span>
      ))}
    </div>
  );
}
