import { Button } from "@mantine/core";
import { IconBooks } from "@tabler/icons-react";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ManagedPage } from "../ManagedPage.tsx";
import { TemplateForm } from "./TemplateForm.tsx";

/** A new template in one's own words. */
export function NewTemplateScreen() {
  const { t } = useTranslation("templates");
  const { channel: wanted } = useSearch({ from: "/app/settings/templates/new" });
  return (
    <ManagedPage
      wanted={wanted}
      title={t("create.title")}
      text={t("create.text")}
      actions={(channel) => (
        <Button
          renderRoot={(props) => <Link to="/settings/templates/library" search={{ channel: channel.id }} {...props} />}
          variant="default"
          leftSection={<IconBooks size={17} stroke={1.7} />}
        >
          {t("fromLibrary")}
        </Button>
      )}
    >
      {(channel) => <TemplateForm key={channel.id} channel={channel} />}
    </ManagedPage>
  );
}
