import type { Channel, LibraryTemplate } from "@firstline/contracts";
import { Loader, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconBooks, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../../ui/EmptyState.tsx";
import { ErrorState } from "../../../ui/ErrorState.tsx";
import { Section } from "../../../ui/Section.tsx";
import { RowSkeletons } from "../../../ui/Skeletons.tsx";
import { LANGUAGES, languageName } from "../languages.ts";
import { libraryQuery } from "../queries.ts";
import { CloneDialog } from "./CloneDialog.tsx";
import { LibraryCard } from "./LibraryCard.tsx";
import classes from "./library.module.css";

/** Meta is asked a moment after the last letter. */
const PAUSE = 300;

export function Library({ channel }: { channel: Channel }) {
  const { t, i18n } = useTranslation("templates");
  const [q, setQ] = useState("");
  const [language, setLanguage] = useState<string>(i18n.language === "zh-TW" ? "zh_TW" : "en");
  const [wanted] = useDebouncedValue(q.trim(), PAUSE);
  const [cloning, setCloning] = useState<LibraryTemplate | null>(null);
  const query = useQuery(libraryQuery(channel.id, { q: wanted, language }));
  const list = query.data?.data ?? [];
  return (
    <>
      <div className={classes.search}>
        <TextInput
          type="search"
          aria-label={t("library.search")}
          placeholder={t("library.search")}
          leftSection={<IconSearch size={16} stroke={1.7} />}
          rightSection={query.isFetching && !query.isPending ? <Loader size={14} /> : null}
          value={q}
          onChange={(event) => setQ(event.currentTarget.value)}
          data-testid="library-search"
        />
        <NativeSelect
          aria-label={t("library.language")}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value)}
          data={[
            { value: "", label: t("library.anyLanguage") },
            ...LANGUAGES.map((code) => ({ value: code, label: languageName(code, i18n.language) })),
          ]}
          data-testid="library-language"
        />
      </div>
      {query.isPending ? (
        <Section flush>
          <RowSkeletons count={5} />
        </Section>
      ) : query.isError ? (
        <Section>
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        </Section>
      ) : list.length === 0 ? (
        <Section>
          <EmptyState
            icon={<IconBooks size={26} stroke={1.5} />}
            title={t("library.none.title")}
            text={t("library.none.text")}
            testId="library-empty"
          />
        </Section>
      ) : (
        <ul className={classes.cards} aria-label={t("library.title")} aria-busy={query.isPlaceholderData}>
          {list.map((template) => (
            <LibraryCard
              key={`${template.name} ${template.language}`}
              template={template}
              onUse={() => setCloning(template)}
            />
          ))}
        </ul>
      )}
      {cloning ? <CloneDialog channel={channel} template={cloning} onClose={() => setCloning(null)} /> : null}
    </>
  );
}
