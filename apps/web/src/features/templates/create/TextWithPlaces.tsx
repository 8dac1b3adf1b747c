import { Button, Textarea } from "@mantine/core";
import { IconBraces } from "@tabler/icons-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { nextPlace } from "../places.ts";
import classes from "./create.module.css";

interface Props {
  label: string;
  description?: ReactNode;
  value: string;
  onChange: (value: string) => void;
  limit: number;
  rows: number;
  error: ReactNode;
  required?: boolean;
  placeholder?: string;
  testId: string;
}

/** A text with places to fill in: the button puts the next one where the caret is. */
export function TextWithPlaces({ label, description, value, onChange, limit, rows, error, testId, ...rest }: Props) {
  const { t } = useTranslation("templates");
  const input = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caret.current === null) return;
    input.current?.focus();
    input.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  const insert = () => {
    const place = `{{${nextPlace(value)}}}`;
    const start = input.current?.selectionStart ?? value.length;
    const end = input.current?.selectionEnd ?? value.length;
    caret.current = start + place.length;
    onChange(value.slice(0, start) + place + value.slice(end));
  };
  return (
    <div>
      <Textarea
        ref={input}
        label={label}
        description={description}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        autosize
        minRows={rows}
        maxRows={12}
        withAsterisk={false}
        error={error}
        data-testid={testId}
        {...rest}
      />
      <div className={classes.under}>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<IconBraces size={14} stroke={1.8} aria-hidden />}
          onClick={insert}
          data-testid={`${testId}-insert`}
        >
          {t("create.insert", { place: `{{${nextPlace(value)}}}` })}
        </Button>
        <span data-over={value.length > limit || undefined}>
          {value.length} / {limit}
        </span>
      </div>
    </div>
  );
}
