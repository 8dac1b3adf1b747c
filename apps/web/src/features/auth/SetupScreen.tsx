import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { signIn } from "../../lib/auth.ts";
import { AuthCard } from "./AuthCard.tsx";
import classes from "./auth.module.css";
import { FormError } from "./FormError.tsx";

/** First run: makes the workspace and its owner, then signs in. Works once. */
export function SetupScreen() {
  const { t } = useTranslation("auth");
  const router = useRouter();
  const client = useQueryClient();
  const [form, setForm] = useState({ workspaceName: "", name: "", email: "", password: "" });
  const field = (key: keyof typeof form) => ({
    value: form[key],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget;
      setForm((before) => ({ ...before, [key]: value }));
    },
    required: true,
    withAsterisk: false,
  });
  const create = useMutation({
    mutationFn: async () => {
      await api.post(null, "/setup", { ...form, email: form.email.trim() });
      await signIn(form.email.trim(), form.password);
    },
    onSuccess: () => {
      client.clear();
      router.history.push("/inbox");
    },
  });
  return (
    <AuthCard title={t("setup.title")} text={t("setup.text")}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate();
        }}
      >
        <TextInput
          label={t("setup.workspace")}
          placeholder={t("setup.workspaceHint")}
          maxLength={100}
          autoFocus
          {...field("workspaceName")}
          data-testid="setup-workspace"
        />
        <TextInput
          label={t("yourName")}
          autoComplete="name"
          maxLength={100}
          {...field("name")}
          data-testid="setup-name"
        />
        <TextInput
          label={t("email")}
          type="email"
          autoComplete="username"
          maxLength={200}
          {...field("email")}
          data-testid="setup-email"
        />
        <PasswordInput
          label={t("password")}
          description={t("passwordRule")}
          autoComplete="new-password"
          minLength={10}
          maxLength={128}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
          {...field("password")}
          data-testid="setup-password"
        />
        <FormError error={create.error} />
        <Button type="submit" loading={create.isPending} data-testid="setup-submit">
          {t("setup.submit")}
        </Button>
      </form>
    </AuthCard>
  );
}
