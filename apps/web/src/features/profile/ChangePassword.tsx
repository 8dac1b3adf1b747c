import { Button, PasswordInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../lib/api.ts";
import { changePassword } from "../../lib/auth.ts";
import { Notice } from "../../ui/Notice.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import classes from "./profile.module.css";

/** A new password for the own account. Sessions in other browsers end with the old one. */
export function ChangePassword({ email }: { email: string }) {
  const { t } = useTranslation("profile");
  const [current, setCurrent] = useState("");
  const [wanted, setWanted] = useState("");
  const change = useMutation({
    mutationFn: () => changePassword(current, wanted),
    onSuccess: () => {
      setCurrent("");
      setWanted("");
    },
  });
  const wrong = change.error instanceof ApiProblem && change.error.code === "invalid_password";
  const forget = () => {
    if (!change.isIdle) change.reset();
  };
  return (
    <Section title={t("password.title")} text={t("password.text")}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          change.mutate();
        }}
      >
        {/* For password managers: whose password this is. */}
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        <PasswordInput
          label={t("password.current")}
          autoComplete="current-password"
          required
          withAsterisk={false}
          maxLength={128}
          value={current}
          onChange={(event) => {
            forget();
            setCurrent(event.currentTarget.value);
          }}
          error={wrong ? t("password.wrong") : null}
          visibilityToggleButtonProps={{ "aria-label": t("auth:showPassword") }}
          data-testid="password-current"
        />
        <PasswordInput
          label={t("password.new")}
          description={t("auth:passwordRule")}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={10}
          maxLength={128}
          value={wanted}
          onChange={(event) => {
            forget();
            setWanted(event.currentTarget.value);
          }}
          visibilityToggleButtonProps={{ "aria-label": t("auth:showPassword") }}
          data-testid="password-new"
        />
        {wrong ? null : <ProblemNotice error={change.error} />}
        {change.isSuccess ? (
          <Notice tone="good" title={t("password.done")} live testId="password-done">
            <p>{t("password.doneText")}</p>
          </Notice>
        ) : null}
        <Button type="submit" loading={change.isPending} data-testid="password-submit">
          {t("password.submit")}
        </Button>
      </form>
    </Section>
  );
}
