import type { AlertWebhook } from "@firstline/contracts";
import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Ago } from "../../ui/Ago.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { CopyField } from "../../ui/CopyField.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import classes from "./alerts.module.css";
import { useRemoveWebhook, useSaveWebhook, useTestWebhook } from "./queries.ts";
import { TestResult } from "./TestResult.tsx";
import { WebhookResults } from "./WebhookResults.tsx";

/** One address of the workspace to which every alert is posted, signed. */
export function Webhook({ webhook }: { webhook: AlertWebhook }) {
  const { t } = useTranslation("alerts");
  const [asking, setAsking] = useState<"remove" | "renew" | null>(null);
  const save = useSaveWebhook();
  const remove = useRemoveWebhook();
  const testing = useTestWebhook();
  const { url, changedAt, results } = webhook;
  const kept = changedAt !== null;
  const close = () => setAsking(null);
  return (
    <Section title={t("webhook.title")} text={t("webhook.text")} testId="alert-webhook">
      <div className={classes.stack}>
        <Address
          key={url}
          url={url ?? ""}
          pending={save.isPending}
          onSave={(wanted) => {
            testing.reset();
            save.mutate({ url: wanted });
          }}
        />
        {kept && url === null ? <Notice tone="bad" title={t("webhook.unreadable")} /> : null}
        {save.data?.secret ? (
          <Notice tone="warn" title={t("webhook.once")} live testId="webhook-secret-notice">
            <p>{t("webhook.onceText")}</p>
            <CopyField value={save.data.secret} label={t("webhook.copy")} testId="webhook-secret" />
          </Notice>
        ) : null}
        {kept ? (
          <div className={classes.actions}>
            <Button
              variant="default"
              size="xs"
              loading={testing.isPending}
              onClick={() => testing.mutate()}
              data-testid="webhook-test"
            >
              {t("webhook.test")}
            </Button>
            <Button variant="default" size="xs" onClick={() => setAsking("renew")} data-testid="webhook-renew">
              {t("webhook.renew")}
            </Button>
            <Button variant="default" size="xs" onClick={() => setAsking("remove")} data-testid="webhook-remove">
              {t("webhook.remove")}
            </Button>
            <span className={classes.changed}>
              {t("webhook.changed")} <Ago at={changedAt} />
            </span>
          </div>
        ) : null}
        {testing.data ? (
          <div role="status">
            <TestResult result={testing.data} />
          </div>
        ) : null}
        <ProblemNotice error={save.error ?? testing.error} />
        <WebhookResults results={results} />
      </div>
      {asking ? (
        <ConfirmDialog
          opened
          onClose={close}
          title={t(`webhook.ask.${asking}.title`)}
          confirm={t(`webhook.ask.${asking}.confirm`)}
          pending={remove.isPending || save.isPending}
          error={asking === "remove" ? remove.error : save.error}
          onConfirm={() => {
            testing.reset();
            if (asking === "renew" && url !== null) save.mutate({ url, renewSecret: true }, { onSuccess: close });
            else {
              save.reset();
              remove.mutate(undefined, { onSuccess: close });
            }
          }}
        >
          <p>{t(`webhook.ask.${asking}.text`)}</p>
        </ConfirmDialog>
      ) : null}
    </Section>
  );
}

function Address({ url, pending, onSave }: { url: string; pending: boolean; onSave: (url: string) => void }) {
  const { t } = useTranslation("alerts");
  const [wanted, setWanted] = useState(url);
  const fit = wanted.trim() !== url && URL.canParse(wanted.trim());
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (fit) onSave(wanted.trim());
      }}
    >
      <TextInput
        className={classes.field}
        type="url"
        inputMode="url"
        label={t("webhook.address")}
        placeholder="https://example.com/hooks/firstline"
        autoComplete="off"
        maxLength={2000}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
        data-testid="webhook-url"
      />
      <Button type="submit" disabled={!fit} loading={pending} data-testid="webhook-save">
        {t("common:save")}
      </Button>
    </form>
  );
}
