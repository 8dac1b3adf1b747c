import type { Platform } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import classes from "./channels.module.css";
import { neededPermissions, usefulPermissions } from "./permissions.ts";

const Codes = ({ of }: { of: string[] }) => of.map((each) => <code key={each}>{each}</code>);

/** Where a token without a person comes from: a system user of one's own business, or one of a customer's. */
export function TokenHelp({ platform }: { platform: Platform }) {
  const { t } = useTranslation("connecting");
  return (
    <details className={classes.how} data-testid="connect-token-how">
      <summary>{t("token.how.title")}</summary>
      <h3>{t("token.how.own")}</h3>
      <ol>
        <li>{t("token.how.user")}</li>
        <li>{t("token.how.assets")}</li>
        <li>
          {t("token.how.token")} <Codes of={neededPermissions[platform]} />
          <br />
          {t("token.how.useful")} <Codes of={usefulPermissions[platform]} />
        </li>
      </ol>
      <h3>{t("token.how.integration")}</h3>
      <ol>
        <li>{t("token.how.configuration")}</li>
        <li>{t("token.how.login")}</li>
      </ol>
      <p>{t("token.how.byItself")}</p>
    </details>
  );
}
