import { IconCheck } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session.ts";
import { Section } from "../../ui/Section.tsx";
import { abilities, roles } from "./roles.ts";
import classes from "./team.module.css";

/** What each role may do; the reader's own column is marked. */
export function RoleTable() {
  const { t } = useTranslation("team");
  const { me } = useMe();
  const own = me?.member?.role;
  return (
    <Section flush title={t("abilities.title")}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">
              <span className="sr-only">{t("abilities.ability")}</span>
            </th>
            {roles.map((role) => (
              <th key={role} scope="col" data-own={role === own || undefined}>
                {t(`settings:roleOption.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {abilities.map((ability) => (
            <tr key={ability.name}>
              <th scope="row">{t(`abilities.${ability.name}`)}</th>
              {roles.map((role) => {
                const may = (ability.roles as readonly string[]).includes(role);
                return (
                  <td key={role} data-own={role === own || undefined}>
                    {may ? <IconCheck size={16} stroke={2} aria-hidden /> : <span aria-hidden>–</span>}
                    <span className="sr-only">{t(may ? "abilities.yes" : "abilities.no")}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
