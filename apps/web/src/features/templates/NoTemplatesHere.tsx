import { IconBrandInstagram } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Section } from "../../ui/Section.tsx";

/** Meta has utility templates for Pages only. */
export function NoTemplatesHere() {
  const { t } = useTranslation("templates");
  return (
    <Section>
      <EmptyState
        icon={<IconBrandInstagram size={26} stroke={1.5} />}
        title={t("instagram.title")}
        text={t("instagram.text")}
        testId="templates-instagram"
      />
    </Section>
  );
}
