import { Button } from "@mantine/core";
import { IconLogout } from "@tabler/icons-react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { signOut } from "../../lib/auth.ts";
import { useMe } from "../../lib/session.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { Page } from "../../ui/Page.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import { ChangePassword } from "./ChangePassword.tsx";
import { Preferences } from "./Preferences.tsx";
import classes from "./profile.module.css";

/** The signed-in person: who they are here, their password, how this browser looks and behaves. */
export function ProfileScreen() {
  const { t } = useTranslation("profile");
  const { me } = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: async () => {
      await navigate({ to: "/login", search: {} });
      client.clear();
    },
  });
  const member = me?.member;
  return (
    <Page title={t("title")}>
      {member ? (
        <Section>
          <div className={classes.person}>
            <Avatar name={member.name} seed={member.id} size={52} />
            <div className={classes.who}>
              <h2 data-testid="profile-name">{member.name}</h2>
              <p data-testid="profile-email">{member.email}</p>
              <p>{t("role", { role: t(`settings:roleOption.${member.role}`), workspace: me.workspace.name })}</p>
            </div>
            <Button
              variant="default"
              leftSection={<IconLogout size={16} stroke={1.6} />}
              loading={leave.isPending}
              onClick={() => leave.mutate()}
              data-testid="profile-sign-out"
            >
              {t("common:me.signOut")}
            </Button>
          </div>
          <ProblemNotice error={leave.error} />
        </Section>
      ) : null}
      <Preferences />
      {member ? <ChangePassword email={member.email} /> : null}
    </Page>
  );
}
