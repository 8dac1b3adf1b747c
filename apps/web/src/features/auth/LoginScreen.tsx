import { Button, PasswordInput, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../lib/api.ts";
import { signIn } from "../../lib/auth.ts";
import { AuthCard } from "./AuthCard.tsx";
import classes from "./auth.module.css";
import { FormError } from "./FormError.tsx";

const route = getRouteApi("/login");

export function LoginScreen() {
  const { t } = useTranslation("auth");
  const { next } = route.useSearch();
  const router = useRouter();
  const client = useQueryClient();
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const enter = useMutation({
    mutationFn: () => signIn(email.trim(), password),
    onSuccess: async () => {
      client.clear();
      router.history.push(next ?? "/inbox");
    },
  });
  const known =
    enter.error instanceof ApiProblem
      ? { 401: t("login.wrong"), 403: t("login.wrong"), 429: t("login.tooMany") }[enter.error.status]
      : null;

  return (
    <AuthCard title={t("login.title")} text={t("login.text")}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          enter.mutate();
        }}
      >
        <TextInput
          label={t("email")}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          data-testid="login-email"
        />
        <PasswordInput
          label={t("password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("showPassword") }}
          data-testid="login-password"
        />
        <FormError error={enter.error} text={known} />
        <Button type="submit" loading={enter.isPending} data-testid="login-submit">
          {t("login.submit")}
        </Button>
        <p className={classes.hint}>{t("login.hint")}</p>
      </form>
    </AuthCard>
  );
}
