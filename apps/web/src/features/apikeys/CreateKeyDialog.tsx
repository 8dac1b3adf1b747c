import type { Role } from "@firstline/contracts";
import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { CopyField } from "../../ui/CopyField.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import page from "../../ui/page.module.css";
import { useReturnFocus } from "../../ui/useReturnFocus.ts";
import { useCreateKey } from "./queries.ts";

const roles = ["agent", "supervisor", "administrator"] as const;

/** Makes a key and shows it, once. */
export function CreateKeyDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("apikeys");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const create = useCreateKey();
  useReturnFocus();
  const made = create.data;
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? t("create.madeTitle", { name: made.name }) : t("create.title")}
      closeOnClickOutside={!made}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {made ? (
        <div className={page.dialog}>
          <Notice tone="warn" title={t("create.once")}>
            <p>{t("create.onceText")}</p>
          </Notice>
          <CopyField value={made.key} label={t("create.copy")} testId="apikey-value" />
          <div className={page.dialogButtons}>
            <Button onClick={onClose} data-testid="apikey-done">
              {t("create.done")}
            </Button>
          </div>
        </div>
      ) : (
        <form
          className={page.dialog}
          onSubmit={(event) => {
            event.preventDefault();
            create.mutate({ name: name.trim(), role });
          }}
        >
          <TextInput
            label={t("create.name")}
            placeholder={t("create.nameHint")}
            required
            withAsterisk={false}
            maxLength={100}
            autoComplete="off"
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            data-testid="apikey-name"
          />
          <NativeSelect
            label={t("create.role")}
            description={t("create.roleHint")}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
            data={roles.map((each) => ({ value: each, label: t(`settings:roleOption.${each}`) }))}
            data-testid="apikey-role"
          />
          <ProblemNotice error={create.error} />
          <div className={page.dialogButtons}>
            <Button variant="default" onClick={onClose}>
              {t("common:cancel")}
            </Button>
            <Button type="submit" loading={create.isPending} disabled={name.trim() === ""} data-testid="apikey-submit">
              {t("create.submit")}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
