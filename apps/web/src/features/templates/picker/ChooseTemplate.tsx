import type { Conversation, Template } from "@firstline/contracts";
import { Button, TextInput } from "@mantine/core";
import { IconSearch, IconTemplate } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../../lib/session.ts";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { useFaultWords } from "../../../ui/faultWords.ts";
import { Notice } from "../../../ui/Notice.tsx";
import { RowSkeletons } from "../../../ui/Skeletons.tsx";
import { Tag } from "../../../ui/Tag.tsx";
import { langOf, languageName } from "../languages.ts";
import { withGaps } from "../places.ts";
import { templatesQuery } from "../queries.ts";
import { found } from "./found.ts";
import classes from "./picker.module.css";

interface Props {
  conversation: Conversation;
  q: string;
  onSearch: (q: string) => void;
  onChoose: (template: Template) => void;
}

/** The approved templates, found by name, text or language. Arrow keys walk through them from the search field. */
export function ChooseTemplate({ conversation, q, onSearch, onChoose }: Props) {
  const { t, i18n } = useTranslation("templates");
  const words = useFaultWords();
  const { may } = useMe();
  const query = useQuery(templatesQuery(conversation.channelId));
  const list = useRef<HTMLUListElement>(null);
  const usable = query.data?.data.filter((template) => template.usable) ?? [];
  const shown = found(usable, q, i18n.language);
  const { allowed, reason } = conversation.reply.template;
  const told = !allowed && reason ? words(reason.code, reason) : null;

  const walk = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = [...(list.current?.querySelectorAll<HTMLButtonElement>("button") ?? [])];
    if (all.length === 0) return;
    event.preventDefault();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    const next = event.key === "ArrowDown" ? at + 1 : at - 1;
    all[Math.min(Math.max(next, 0), all.length - 1)]?.focus();
  };

  if (!allowed)
    return (
      <Notice tone="warn" title={told?.title ?? t("picker.notNow")} testId="template-not-now">
        {told ? (
          <>
            <p>{told.explain}</p>
            <p>{told.fix}</p>
          </>
        ) : null}
      </Notice>
    );
  if (query.isPending) return <RowSkeletons count={4} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} compact />;
  if (usable.length === 0)
    return (
      <EmptyState
        icon={<IconTemplate size={26} stroke={1.5} />}
        title={t("picker.none.title")}
        text={t(may("templates:write") ? "picker.none.text" : "picker.none.ask")}
        testId="picker-empty"
      >
        <Button
          renderRoot={(props) => (
            <Link to="/settings/templates" search={{ channel: conversation.channelId }} {...props} />
          )}
          variant="default"
        >
          {t("picker.toSettings")}
        </Button>
      </EmptyState>
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys are an aid beside Tab, which works as well
    <div className={classes.choose} onKeyDown={walk}>
      <TextInput
        type="search"
        aria-label={t("picker.search")}
        placeholder={t("picker.search")}
        leftSection={<IconSearch size={16} stroke={1.7} />}
        data-autofocus
        value={q}
        onChange={(event) => onSearch(event.currentTarget.value)}
        onKeyDown={(event) => {
          const first = shown[0];
          if (event.key !== "Enter" || event.nativeEvent.isComposing || !first) return;
          event.preventDefault();
          onChoose(first);
        }}
        data-testid="picker-search"
      />
      {shown.length === 0 ? (
        <p className={classes.nothing} role="status">
          {t("picker.nothing")}
        </p>
      ) : (
        <ul ref={list} className={classes.list} aria-label={t("picker.title")}>
          {shown.map((template) => (
            <li key={template.id}>
              <button
                type="button"
                onClick={() => onChoose(template)}
                data-testid="picker-template"
                data-name={template.name}
              >
                <span className={classes.name}>
                  <b>{template.name}</b>
                  <Tag>{languageName(template.language, i18n.language)}</Tag>
                </span>
                <span className={classes.text} lang={langOf(template.language)}>
                  {template.header?.text ? `${withGaps(template.header.text)} · ` : ""}
                  {withGaps(template.body)}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
