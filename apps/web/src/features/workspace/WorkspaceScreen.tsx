import type { Workspace } from "@firstline/contracts";
import { Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session.ts";
import { Choice, Choices } from "../../ui/Choice.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { Page } from "../../ui/Page.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import { LineSkeletons } from "../../ui/Skeletons.tsx";
import { NameForm } from "./NameForm.tsx";
import { useUpdateWorkspace, workspaceQuery } from "./queries.ts";

const signals = ["typingShown", "seenShown"] as const;

/** What holds for everybody in the workspace. Everybody may see it, administrators change it. */
export function WorkspaceScreen() {
  const { t } = useTranslation("workspace");
  const { may } = useMe();
  const query = useQuery(workspaceQuery);
  return (
    <Page title={t("title")} text={t("text")}>
      {query.data ? (
        <Loaded workspace={query.data} mayChange={may("team:write")} />
      ) : (
        <Section>
          {query.isError ? (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <LineSkeletons count={5} />
          )}
        </Section>
      )}
    </Page>
  );
}

function Loaded({ workspace, mayChange }: { workspace: Workspace; mayChange: boolean }) {
  const { t } = useTranslation("workspace");
  const update = useUpdateWorkspace();
  return (
    <>
      {mayChange ? null : (
        <Notice title={t("readOnly.title")} testId="workspace-read-only">
          <p>{t("readOnly.text")}</p>
        </Notice>
      )}
      <Section title={t("name.title")} text={t("name.text")}>
        {mayChange ? <NameForm key={workspace.name} name={workspace.name} /> : <p>{workspace.name}</p>}
      </Section>
      <Section title={t("signals.title")} text={t("signals.text")}>
        <Choices>
          {signals.map((signal) => (
            <Choice
              key={signal}
              label={t(`signals.${signal}.label`)}
              hint={t(`signals.${signal}.${workspace[signal] ? "on" : "off"}`)}
            >
              <Switch
                aria-label={t(`signals.${signal}.label`)}
                checked={workspace[signal]}
                disabled={!mayChange}
                onChange={(event) => update.mutate({ [signal]: event.currentTarget.checked })}
                data-testid={`workspace-${signal}`}
              />
            </Choice>
          ))}
        </Choices>
        <ProblemNotice error={update.error} />
      </Section>
    </>
  );
}
