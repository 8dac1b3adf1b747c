import { IconLock } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useMe } from "../lib/session.ts";
import { EmptyState } from "./EmptyState.tsx";

/** In place of a page the member's role does not open. */
export function NotAllowed() {
  const { t } = useTranslation("settings");
  const { me } = useMe();
  const role = me?.member ? t(`common:role.${me.member.role}`) : "";
  return (
    <EmptyState
      icon={<IconLock size={26} stroke={1.5} />}
      title={t("notAllowed.title")}
      text={t("notAllowed.text", { role })}
      testId="not-allowed"
    />
  );
}
