import type { ApiKey } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateOnly } from "../../lib/time.ts";
import { Ago } from "../../ui/Ago.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./apikeys.module.css";
import { useDeleteKey } from "./queries.ts";

export function ApiKeyRow({ apiKey }: { apiKey: ApiKey }) {
  const { t, i18n } = useTranslation("apikeys");
  const remove = useDeleteKey();
  const [asking, setAsking] = useState(false);
  return (
    <li className={classes.row} data-testid="apikey-row" data-key-id={apiKey.id}>
      <span className={classes.icon} aria-hidden>
        <IconKey size={18} stroke={1.6} />
      </span>
      <div className={classes.words}>
        <div className={classes.name}>
          <b>{apiKey.name}</b>
          <Tag>{t(`settings:roleOption.${apiKey.role}`)}</Tag>
        </div>
        <div className={classes.sub}>
          {apiKey.start ? <code>{apiKey.start}…</code> : null}
          <span>{t("made", { date: dateOnly(apiKey.createdAt, i18n.language) })}</span>
          <span>
            {apiKey.lastUsedAt ? (
              <>
                {t("used")} <Ago at={apiKey.lastUsedAt} />
              </>
            ) : (
              t("neverUsed")
            )}
          </span>
        </div>
      </div>
      <Button size="xs" variant="default" onClick={() => setAsking(true)} data-testid="apikey-delete">
        {t("delete.action")}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        danger
        title={t("delete.title", { name: apiKey.name })}
        confirm={t("delete.action")}
        pending={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate(apiKey.id, { onSuccess: () => setAsking(false) })}
      >
        {t("delete.text")}
      </ConfirmDialog>
    </li>
  );
}
