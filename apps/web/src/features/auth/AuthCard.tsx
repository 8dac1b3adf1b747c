import "../../ui/mantine-forms.css.ts";
import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type Language, languages, setLanguage } from "../../lib/i18n.ts";
import classes from "./auth.module.css";

/** The screens before the sign-in share one card and the choice of language. */
export function AuthCard({ title, text, children }: { title: string; text?: ReactNode; children?: ReactNode }) {
  const { i18n, t } = useTranslation();
  return (
    <main className={classes.screen}>
      <div className={classes.card}>
        <span className={classes.logo} aria-hidden>
          F
        </span>
        <h1>{title}</h1>
        {text ? <p className={classes.text}>{text}</p> : null}
        {children}
      </div>
      <SegmentedControl
        size="xs"
        aria-label={t("me.language")}
        value={i18n.language}
        onChange={(value) => void setLanguage(value as Language)}
        data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
      />
    </main>
  );
}
