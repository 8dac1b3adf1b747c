import { IconChevronLeft } from "@tabler/icons-react";
import { Link, type LinkProps } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PageHeader } from "./PageHeader.tsx";
import classes from "./page.module.css";

interface Props {
  title: ReactNode;
  text?: ReactNode;
  actions?: ReactNode;
  /** The page above, where it is not the list of settings. */
  back?: { to: LinkProps["to"]; label: string };
  wide?: boolean;
  children: ReactNode;
}

/** A page of the settings. The way back to the list of settings shows on a phone only; elsewhere the list is beside it. */
export function Page({ title, text, actions, back, wide, children }: Props) {
  const { t } = useTranslation("settings");
  return (
    <div className={classes.page} data-wide={wide || undefined}>
      <Link to={back?.to ?? "/settings"} className={classes.back} data-phone-only={!back || undefined}>
        <IconChevronLeft size={17} stroke={1.8} aria-hidden />
        {back?.label ?? t("title")}
      </Link>
      <PageHeader title={title} text={text} actions={actions} />
      <div className={classes.stack}>{children}</div>
    </div>
  );
}
