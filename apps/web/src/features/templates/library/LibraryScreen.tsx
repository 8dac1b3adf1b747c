import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ManagedPage } from "../ManagedPage.tsx";
import { Library } from "./Library.tsx";

/** Meta's ready texts, to be taken over under a name of one's own. */
export function LibraryScreen() {
  const { t } = useTranslation("templates");
  const { channel: wanted } = useSearch({ from: "/app/settings/templates/library" });
  return (
    <ManagedPage
      wanted={wanted}
      title={t("library.title")}
      text={t("library.text")}
      actions={(channel) => (
        <Button
          renderRoot={(props) => <Link to="/settings/templates/new" search={{ channel: channel.id }} {...props} />}
          variant="default"
          leftSection={<IconPlus size={17} stroke={1.8} />}
        >
          {t("ownText")}
        </Button>
      )}
    >
      {(channel) => <Library key={channel.id} channel={channel} />}
    </ManagedPage>
  );
}
