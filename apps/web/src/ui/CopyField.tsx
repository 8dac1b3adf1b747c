import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./page.module.css";

interface Props {
  value: string;
  /** What is copied, for a screen reader: “Copy the invitation link”. */
  label: string;
  /** Keeps the line breaks, for a command of several lines. */
  block?: boolean;
  testId?: string;
}

/** A value to take along: a link, a key, a command. One click selects it, the button copies it. */
export function CopyField({ value, label, block, testId }: Props) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 1800 });
  const Value = block ? "pre" : "code";
  return (
    <div className={classes.copy}>
      <Value data-testid={testId}>{value}</Value>
      <Tooltip label={clipboard.copied ? t("copied") : t("copy")}>
        <ActionIcon
          size={30}
          aria-label={label}
          onClick={() => clipboard.copy(value)}
          data-testid={testId ? `${testId}-copy` : undefined}
        >
          {clipboard.copied ? <IconCheck size={17} stroke={1.8} /> : <IconCopy size={17} stroke={1.6} />}
        </ActionIcon>
      </Tooltip>
      <span className="sr-only" role="status">
        {clipboard.copied ? t("copied") : ""}
      </span>
    </div>
  );
}
