import { TEMPLATE_LIMITS } from "@firstline/core/templates";
import { ActionIcon, Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./create.module.css";
import type { ButtonDraft } from "./draft.ts";

const KINDS = ["url", "postback", "phone"] as const;

interface Props {
  buttons: ButtonDraft[];
  onChange: (buttons: ButtonDraft[]) => void;
  /** What is wrong with a button; null: nothing that is to be said yet. */
  wrong: (index: number) => string | null;
}

/** Buttons under the text: a link, an answer that comes back as a message, or a number to call. */
export function ButtonsField({ buttons, onChange, wrong }: Props) {
  const { t } = useTranslation("templates");
  const change = (id: number, part: Partial<ButtonDraft>) =>
    onChange(buttons.map((each) => (each.id === id ? { ...each, ...part } : each)));
  const add = () => {
    const id = Math.max(0, ...buttons.map((each) => each.id)) + 1;
    onChange([...buttons, { id, kind: "url", text: "", url: "", suffix: false, phone: "" }]);
  };
  return (
    <fieldset className={classes.buttons}>
      <legend>{t("create.buttons")}</legend>
      <p className={classes.hint}>{t("create.buttonsHint")}</p>
      {buttons.map((button, index) => {
        const number = index + 1;
        const problem = wrong(index);
        // Told at the field that is likeliest to be wrong.
        const atText = problem !== null && (button.text.trim() === "" || button.kind === "postback") ? problem : null;
        const atRest = problem !== null && atText === null ? problem : null;
        return (
          <div key={button.id} className={classes.button} data-testid="template-button">
            <NativeSelect
              aria-label={t("create.buttonKind", { number })}
              value={button.kind}
              onChange={(event) => change(button.id, { kind: event.currentTarget.value as ButtonDraft["kind"] })}
              data={KINDS.map((value) => ({ value, label: t(`buttonKind.${value}`) }))}
            />
            <TextInput
              aria-label={t("create.buttonText", { number })}
              placeholder={t("create.buttonTextHint")}
              maxLength={TEMPLATE_LIMITS.button}
              value={button.text}
              onChange={(event) => change(button.id, { text: event.currentTarget.value })}
              error={atText}
              data-testid="template-button-text"
            />
            <ActionIcon
              size={34}
              aria-label={t("create.buttonRemove", { number })}
              onClick={() => onChange(buttons.filter((each) => each.id !== button.id))}
            >
              <IconX size={16} stroke={1.7} />
            </ActionIcon>
            {button.kind === "url" ? (
              <div className={classes.buttonMore}>
                <TextInput
                  aria-label={t("create.buttonUrl", { number })}
                  placeholder="https://"
                  type="url"
                  inputMode="url"
                  maxLength={1990}
                  value={button.url}
                  onChange={(event) => change(button.id, { url: event.currentTarget.value })}
                  error={atRest}
                  data-testid="template-button-url"
                />
                <Checkbox
                  size="xs"
                  label={t("create.buttonSuffix")}
                  checked={button.suffix}
                  onChange={(event) => change(button.id, { suffix: event.currentTarget.checked })}
                />
              </div>
            ) : button.kind === "phone" ? (
              <TextInput
                className={classes.buttonMore}
                aria-label={t("create.buttonPhone", { number })}
                placeholder="+886 2 1234 5678"
                type="tel"
                maxLength={20}
                value={button.phone}
                onChange={(event) => change(button.id, { phone: event.currentTarget.value })}
                error={atRest}
              />
            ) : null}
          </div>
        );
      })}
      {buttons.length < TEMPLATE_LIMITS.buttons ? (
        <Button
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={15} stroke={1.8} aria-hidden />}
          onClick={add}
          data-testid="template-button-add"
        >
          {t("create.buttonAdd")}
        </Button>
      ) : null}
    </fieldset>
  );
}
