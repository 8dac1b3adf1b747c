import type { Template } from "@firstline/contracts";
import { ActionIcon, Tooltip } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Ago } from "../../../ui/Ago.tsx";
import { useFaultWords } from "../../../ui/faultWords.ts";
import { languageName } from "../languages.ts";
import { Preview } from "../Preview.tsx";
import { StatusChip } from "../StatusChip.tsx";
import classes from "../templates.module.css";
import { DeleteTemplate } from "./DeleteTemplate.tsx";

/** One template: its name and language, what Meta says of it and what to change, and how the customer sees it. */
export function TemplateRow({ template, writable }: { template: Template; writable: boolean }) {
  const { t, i18n } = useTranslation("templates");
  const words = useFaultWords();
  const [deleting, setDeleting] = useState(false);
  const { rejection, status } = template;
  const told = rejection ? words(rejection.code, rejection) : null;
  const hint = status === "PENDING" || status === "PAUSED" || status === "DISABLED" ? t(`hint.${status}`) : null;
  return (
    <li className={classes.template} data-testid="template-row" data-name={template.name} data-status={status}>
      <div className={classes.about}>
        <div className={classes.head}>
          <b>{template.name}</b>
          <StatusChip status={status} />
        </div>
        <p className={classes.soft}>
          {languageName(template.language, i18n.language)} <code>{template.language}</code>
          {" · "}
          <Ago at={template.statusAt} />
        </p>
        {template.libraryName ? <p className={classes.soft}>{t("madeFrom", { name: template.libraryName })}</p> : null}
        {told ? (
          <div className={classes.rejection} data-testid="template-rejection" data-code={rejection?.code}>
            <b>{told.title}</b>
            <p>{told.explain}</p>
            <p>{told.fix}</p>
          </div>
        ) : hint ? (
          <p className={classes.soft}>{hint}</p>
        ) : null}
      </div>
      <div className={classes.shown}>
        <Preview template={template} />
      </div>
      {writable ? (
        <Tooltip label={t("delete.open")}>
          <ActionIcon
            className={classes.delete}
            size={32}
            aria-label={t("delete.label", { name: template.name })}
            onClick={() => setDeleting(true)}
            data-testid="template-delete"
          >
            <IconTrash size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      ) : null}
      {deleting ? <DeleteTemplate template={template} onClose={() => setDeleting(false)} /> : null}
    </li>
  );
}
