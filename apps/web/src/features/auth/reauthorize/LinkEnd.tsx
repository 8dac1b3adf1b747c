import type { ReauthorizationLinkEnd } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { AuthCard } from "../AuthCard.tsx";

/** A link that cannot be used any more, and why. */
export function LinkEnd({ end }: { end: ReauthorizationLinkEnd }) {
  const { t } = useTranslation("reauthorize");
  return (
    <div data-testid="reauthorize-end" data-why={end}>
      <AuthCard title={t(`link.end.${end}.title`)} text={t(`link.end.${end}.text`)} />
    </div>
  );
}
