import { Button } from "@mantine/core";
import { IconKey, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { NotAllowed } from "../../ui/NotAllowed.tsx";
import { Page } from "../../ui/Page.tsx";
import { Section } from "../../ui/Section.tsx";
import { RowSkeletons } from "../../ui/Skeletons.tsx";
import { ApiKeyRow } from "./ApiKeyRow.tsx";
import classes from "./apikeys.module.css";
import { CreateKeyDialog } from "./CreateKeyDialog.tsx";
import { Example } from "./Example.tsx";
import { apiKeysQuery } from "./queries.ts";

/** Keys for programs of the team, and how to use one. */
export function ApiKeysScreen() {
  const { t } = useTranslation("apikeys");
  const { may } = useMe();
  return may("apikeys:write") ? (
    <ApiKeys />
  ) : (
    <Page title={t("title")}>
      <Section>
        <NotAllowed />
      </Section>
    </Page>
  );
}

function ApiKeys() {
  const { t } = useTranslation("apikeys");
  const query = useQuery(apiKeysQuery);
  const [creating, setCreating] = useState(false);
  const list = query.data?.data ?? [];
  const create = (
    <Button
      leftSection={<IconPlus size={17} stroke={1.8} />}
      onClick={() => setCreating(true)}
      data-testid="apikey-create"
    >
      {t("create.open")}
    </Button>
  );
  const empty = query.isSuccess && list.length === 0;
  return (
    <Page title={t("title")} text={t("text")} actions={empty ? null : create}>
      <Section flush>
        {query.isPending ? (
          <RowSkeletons count={3} />
        ) : query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : empty ? (
          <EmptyState icon={<IconKey size={26} stroke={1.5} />} title={t("empty.title")} text={t("empty.text")}>
            {create}
          </EmptyState>
        ) : (
          <ul className={classes.rows}>
            {list.map((key) => (
              <ApiKeyRow key={key.id} apiKey={key} />
            ))}
          </ul>
        )}
      </Section>
      <Example />
      {creating ? <CreateKeyDialog onClose={() => setCreating(false)} /> : null}
    </Page>
  );
}
