import type { Template } from "@firstline/contracts";
import { useTranslation } from "react-i18next";
import { Tag } from "../../ui/Tag.tsx";

const tones = { APPROVED: "good", PENDING: "accent", REJECTED: "bad", PAUSED: "warn", DISABLED: "bad" } as const;

/** Meta's word about a template; one this product does not know stands as Meta wrote it. */
export function StatusChip({ status }: Pick<Template, "status">) {
  const { t } = useTranslation("templates");
  const known = status in tones ? (status as keyof typeof tones) : null;
  return (
    <span data-testid="template-status" data-status={status}>
      <Tag tone={known ? tones[known] : "plain"}>{known ? t(`status.${known}`) : status}</Tag>
    </span>
  );
}
