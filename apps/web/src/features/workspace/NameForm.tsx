import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { useUpdateWorkspace } from "./queries.ts";
import classes from "./workspace.module.css";

/** The workspace's name. Remount it when the name has changed. */
export function NameForm({ name }: { name: string }) {
  const { t } = useTranslation("workspace");
  const [wanted, setWanted] = useState(name);
  const update = useUpdateWorkspace();
  const fit = wanted.trim() !== "" && wanted.trim() !== name;
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (fit) update.mutate({ name: wanted.trim() });
      }}
    >
      <TextInput
        className={classes.field}
        aria-label={t("name.title")}
        required
        maxLength={100}
        autoComplete="organization"
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        data-testid="workspace-name"
      />
      <Button type="submit" disabled={!fit} loading={update.isPending} data-testid="workspace-name-save">
        {t("common:save")}
      </Button>
      <ProblemNotice error={update.error} />
    </form>
  );
}
