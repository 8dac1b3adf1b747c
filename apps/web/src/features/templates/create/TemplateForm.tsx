import type { Channel } from "@firstline/contracts";
import { checkDraft, TEMPLATE_LIMITS } from "@firstline/core/templates";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../../ui/ProblemNotice.tsx";
import { Section } from "../../../ui/Section.tsx";
import { LANGUAGES, languageName } from "../languages.ts";
import { Preview } from "../Preview.tsx";
import { useCreateTemplate } from "../queries.ts";
import { useWrongWords } from "../wrongWords.ts";
import { ButtonsField } from "./ButtonsField.tsx";
import classes from "./create.module.css";
import { contentOfDraft, type Draft, emptyDraft, examplesWanted, nameOf, wishOf } from "./draft.ts";
import { Examples } from "./Examples.tsx";
import { TextWithPlaces } from "./TextWithPlaces.tsx";

/** What is missing is said once somebody hands it in; what is wrong, while it is written. */
const MISSING = new Set(["template_draft_empty", "template_draft_example", "template_draft_name"]);

const isOfExample = (fault: string): boolean =>
  fault === "template_draft_example" || fault.startsWith("template_parameter_");

/** The form, and beside it the bubble the customer will get. */
export function TemplateForm({ channel }: { channel: Channel }) {
  const { t, i18n } = useTranslation("templates");
  const wrongWords = useWrongWords();
  const navigate = useNavigate();
  const create = useCreateTemplate(channel.id);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(i18n.language === "zh-TW" ? "zh_TW" : "en"));
  const [tried, setTried] = useState(false);
  const change = (part: Partial<Draft>) => setDraft((before) => ({ ...before, ...part }));

  const wish = wishOf(draft);
  const problems = checkDraft(wish);
  const content = contentOfDraft(draft);
  const wanted = examplesWanted(draft);

  const wrong = (at: string, written: string, part?: "button" | "example"): string | null => {
    // A button and its example share one key.
    const problem = problems.find(
      (each) => each.at === at && (!part || isOfExample(each.fault) === (part === "example")),
    );
    if (!problem || (!tried && (written.trim() === "" || MISSING.has(problem.fault)))) return null;
    return wrongWords(problem.fault);
  };

  const submit = () => {
    setTried(true);
    if (problems.length > 0) {
      // The first field that is wrong, once it is marked.
      requestAnimationFrame(() => document.querySelector<HTMLElement>("form [aria-invalid=true]")?.focus());
      return;
    }
    create.mutate(wish, {
      onSuccess: (template) => {
        const known = template.status === "APPROVED" || template.status === "REJECTED" ? template.status : "PENDING";
        notifications.show({ message: t(`created.${known}`, { name: template.name }) });
        void navigate({ to: "/settings/templates", search: { channel: channel.id } });
      },
    });
  };

  return (
    <div className={classes.columns}>
      <Section>
        <form
          className={classes.form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <div className={classes.pair}>
            <TextInput
              label={t("create.titleField")}
              description={t("create.titleHint")}
              placeholder={t("create.titleExample")}
              maxLength={100}
              autoComplete="off"
              value={draft.title}
              onChange={(event) => change({ title: event.currentTarget.value })}
              data-testid="template-title"
            />
            <NativeSelect
              label={t("create.language")}
              description={t("create.languageHint")}
              value={draft.language}
              onChange={(event) => change({ language: event.currentTarget.value })}
              data={LANGUAGES.map((code) => ({ value: code, label: languageName(code, i18n.language) }))}
              error={wrong("language", draft.language)}
              data-testid="template-language"
            />
          </div>
          <TextInput
            label={t("create.name")}
            description={t("create.nameHint")}
            maxLength={512}
            autoComplete="off"
            spellCheck={false}
            value={nameOf(draft)}
            onChange={(event) =>
              change({ name: event.currentTarget.value.toLowerCase().replace(/[\s-]+/g, "_") || null })
            }
            error={wrong("name", nameOf(draft) || draft.title)}
            data-testid="template-name"
          />
          <TextWithPlaces
            label={t("create.header")}
            value={draft.header}
            onChange={(header) => change({ header: header.replace(/\n/g, " ") })}
            limit={TEMPLATE_LIMITS.header}
            rows={1}
            error={wrong("header", draft.header)}
            testId="template-header"
          />
          <TextWithPlaces
            label={t("create.body")}
            description={t("create.bodyHint")}
            placeholder={t("create.bodyExample", { first: "{{1}}", second: "{{2}}" })}
            value={draft.body}
            onChange={(body) => change({ body })}
            limit={TEMPLATE_LIMITS.body}
            rows={4}
            error={wrong("body", draft.body)}
            testId="template-body"
          />
          <ButtonsField
            buttons={draft.buttons}
            onChange={(buttons) => change({ buttons })}
            wrong={(index) => {
              const button = draft.buttons[index];
              return button
                ? wrong(`button.${index}`, button.kind === "phone" ? button.phone : button.url, "button")
                : null;
            }}
          />
          {wanted.length > 0 ? (
            <Examples
              places={wanted}
              examples={draft.examples}
              onChange={(examples) => change({ examples })}
              wrong={(key) => wrong(key, draft.examples[key] ?? "", "example")}
            />
          ) : null}
          <ProblemNotice error={create.error} />
          <div className={classes.actions}>
            <Button type="submit" loading={create.isPending} data-testid="template-submit">
              {t("create.submit")}
            </Button>
            <small>{t("create.final")}</small>
          </div>
        </form>
      </Section>
      <aside className={classes.preview} aria-label={t("preview.title")}>
        <h2>{t("preview.title")}</h2>
        <Preview template={{ ...content, language: draft.language, parameters: wanted }} values={draft.examples} />
      </aside>
    </div>
  );
}
