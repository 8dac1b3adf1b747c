import { Anchor } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { API } from "../../lib/api.ts";
import { CopyField } from "../../ui/CopyField.tsx";
import { Section } from "../../ui/Section.tsx";
import classes from "./apikeys.module.css";

/** The shortest thing that works with a key, and where everything else is described. */
export function Example() {
  const { t } = useTranslation("apikeys");
  const command = `curl '${window.location.origin}${API}/conversations?limit=5' \\\n  -H 'Authorization: Bearer fl_…'`;
  return (
    <Section title={t("example.title")} text={t("example.text")}>
      <CopyField value={command} label={t("example.copy")} block testId="apikey-example" />
      <p className={classes.links}>
        <Anchor href={`${API}/openapi.json`} target="_blank" rel="noopener" size="sm" data-testid="openapi-link">
          {t("example.openapi")} <IconExternalLink size={14} stroke={1.7} aria-hidden />
        </Anchor>
        <span>{t("example.openapiText")}</span>
      </p>
    </Section>
  );
}
