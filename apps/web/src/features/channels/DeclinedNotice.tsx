import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Notice } from "../../ui/Notice.tsx";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./granted.module.css";
import { isNeeded } from "./permissions.ts";
import type { useChangeGrant } from "./queries.ts";

interface Props {
  declined: string[];
  change?: ReturnType<typeof useChangeGrant>;
}

/** Permissions that were switched off in the dialog, with what each is for. Nothing where all were granted. */
export function DeclinedNotice({ declined, change }: Props) {
  const { t } = useTranslation("connecting");
  if (declined.length === 0) return null;
  const inOrder = declined.toSorted((a, b) => Number(isNeeded(b)) - Number(isNeeded(a)));
  return (
    <Notice
      tone="warn"
      title={t("choose.declined.title")}
      testId="grant-declined"
      actions={
        change ? (
          <Button size="xs" loading={change.isPending} onClick={() => change.mutate()} data-testid="grant-rest">
            {t("choose.declined.rest")}
          </Button>
        ) : null
      }
    >
      {inOrder.every(isNeeded) ? null : <p>{t("choose.declined.text")}</p>}
      <ul className={classes.declined}>
        {inOrder.map((permission) => (
          <li key={permission}>
            {t(`permission.${permission}`, { defaultValue: "" })} <code>{permission}</code>
            {isNeeded(permission) ? <Tag tone="bad">{t("choose.declined.needed")}</Tag> : null}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
