import type { LibraryTemplate } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { languageName } from "../languages.ts";
import { Preview } from "../Preview.tsx";
import classes from "./library.module.css";
import { shownOf, useTopicName } from "./shown.ts";

export function LibraryCard({ template, onUse }: { template: LibraryTemplate; onUse: () => void }) {
  const { t, i18n } = useTranslation("templates");
  const topicName = useTopicName();
  return (
    <li className={classes.card} data-testid="library-card" data-name={template.name} data-language={template.language}>
      <div className={classes.head}>
        <div>
          <b>{template.name}</b>
          <p>
            {languageName(template.language, i18n.language)}
            {template.topic ? ` · ${topicName(template.topic)}` : ""}
          </p>
        </div>
        <Button size="xs" variant="light" onClick={onUse} data-testid="library-use">
          {t("library.use")}
          <span className="sr-only">: {template.name}</span>
        </Button>
      </div>
      <Preview template={shownOf(template)} />
    </li>
  );
}
