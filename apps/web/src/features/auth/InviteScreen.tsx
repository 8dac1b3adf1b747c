import { Button, Loader, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useParams, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, api } from "../../lib/api.ts";
import { signIn } from "../../lib/auth.ts";
import { keys } from "../../lib/queryKeys.ts";
import { AuthCard } from "./AuthCard.tsx";
import classes from "./auth.module.css";
import { FormError } from "./FormError.tsx";

/** Where an invitation link leads: name and password make the account, then the inbox opens. */
export function InviteScreen() {
  const { t } = useTranslation("auth");
  const { token } = useParams({ from: "/invite/$token" });
  const router = useRouter();
  const client = useQueryClient();
  const path = `/invitations/by-token/${encodeURIComponent(token)}`;
  const preview = useQuery({
    queryKey: keys.invitation(token),
    queryFn: ({ signal }) => api.get("InvitationPreview", path, { signal }),
    retry: false,
  });
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const accept = useMutation({
    mutationFn: async () => {
      await api.post(null, `${path}/accept`, { name: name.trim(), password });
      await signIn(preview.data?.email ?? "", password);
    },
    onSuccess: () => {
      client.clear();
      router.history.push("/inbox");
    },
  });

  if (preview.isPending) {
    return (
      <AuthCard title={t("invite.opening")}>
        <Loader mt="lg" size="sm" type="dots" />
      </AuthCard>
    );
  }
  if (preview.isError) {
    const gone = preview.error instanceof ApiProblem && [404, 409, 410, 422].includes(preview.error.status);
    return (
      <AuthCard
        title={gone ? t("invite.goneTitle") : t("invite.failedTitle")}
        text={gone ? t("invite.goneText") : undefined}
      >
        <div className={classes.form}>
          {gone ? null : <FormError error={preview.error} />}
          {gone ? (
            <Button component={Link} to="/login" variant="default">
              {t("invite.toLogin")}
            </Button>
          ) : (
            <Button variant="default" onClick={() => void preview.refetch()}>
              {t("common:tryAgain")}
            </Button>
          )}
        </div>
      </AuthCard>
    );
  }
  const { email, role, workspaceName } = preview.data;
  return (
    <AuthCard
      title={t("invite.title", { workspace: workspaceName })}
      text={t("invite.text", { role: t(`common:role.${role}`) })}
    >
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          accept.mutate();
        }}
      >
        <TextInput label={t("email")} value={email} readOnly autoComplete="username" data-testid="invite-email" />
        <TextInput
          label={t("yourName")}
          autoComplete="name"
          required
          withAsterisk={false}
          maxLength={100}
          autoFocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-testid="invite-name"
        />
        <PasswordInput
          label={t("password")}
          description={t("passwordRule")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={10}
          maxLength={128}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
          data-testid="invite-password"
        />
        <FormError error={accept.error} />
        <Button type="submit" loading={accept.isPending} data-testid="invite-submit">
          {t("invite.submit")}
        </Button>
      </form>
    </AuthCard>
  );
}
