import type { Role } from "@firstline/contracts";
import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../lib/time.ts";
import { CopyField } from "../../ui/CopyField.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import page from "../../ui/page.module.css";
import { useReturnFocus } from "../../ui/useReturnFocus.ts";
import { useInvite } from "./queries.ts";
import { roles } from "./roles.ts";

/** Invites a person: address and role first, then the link to hand over, which is shown this once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation("team");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("agent");
  const invite = useInvite();
  useReturnFocus();
  const made = invite.data;
  return (
    <Modal
      opened
      onClose={onClose}
      title={made ? t("invite.madeTitle") : t("invite.title")}
      closeOnClickOutside={!made}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      {made ? (
        <div className={page.dialog}>
          <p className={page.dialogText}>
            {t("invite.madeText", { email: made.email, time: dateTime(made.expiresAt, i18n.language) })}
          </p>
          <CopyField value={made.url} label={t("invite.copy")} testId="invite-url" />
          <div className={page.dialogButtons}>
            <Button
              variant="default"
              onClick={() => {
                setEmail("");
                invite.reset();
              }}
            >
              {t("invite.another")}
            </Button>
            <Button onClick={onClose} data-testid="invite-done">
              {t("invite.done")}
            </Button>
          </div>
        </div>
      ) : (
        <form
          className={page.dialog}
          onSubmit={(event) => {
            event.preventDefault();
            invite.mutate({ email: email.trim(), role });
          }}
        >
          <TextInput
            label={t("invite.email")}
            type="email"
            required
            withAsterisk={false}
            maxLength={200}
            autoComplete="off"
            data-autofocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
            data-testid="invite-email"
          />
          <NativeSelect
            label={t("invite.role")}
            description={t(`settings:roleHint.${role}`)}
            value={role}
            onChange={(event) => setRole(event.currentTarget.value as Role)}
            data={roles.map((each) => ({ value: each, label: t(`settings:roleOption.${each}`) }))}
            data-testid="invite-role"
          />
          <ProblemNotice error={invite.error} />
          <div className={page.dialogButtons}>
            <Button variant="default" onClick={onClose}>
              {t("common:cancel")}
            </Button>
            <Button type="submit" loading={invite.isPending} data-testid="invite-submit">
              {t("invite.submit")}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}
