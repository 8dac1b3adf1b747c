import type { Conversation, Template } from "@firstline/contracts";
import { checkValues, isParameterRequired, renderTemplateText } from "@firstline/core/templates";
import { Button, TextInput } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSend } from "../../../lib/outbox.ts";
import { Preview } from "../Preview.tsx";
import { usePlaceName } from "../placeName.ts";
import { useWrongWords } from "../wrongWords.ts";
import classes from "./picker.module.css";

interface Props {
  conversation: Conversation;
  template: Template;
  onBack: () => void;
  onDone: () => void;
}

/** What is to be filled in, beside the message as it will arrive. A field says at once what Meta would refuse. */
export function FillIn({ conversation, template, onBack, onDone }: Props) {
  const { t } = useTranslation("templates");
  const wrongWords = useWrongWords();
  const placeName = usePlaceName({ header: template.header?.text ?? "", body: template.body });
  const { send } = useSend(conversation.id);
  const [values, setValues] = useState<Record<string, string>>({});
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>("input, button")?.focus(), []);
  const asked = template.parameters.filter(isParameterRequired);
  const filled = Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) => (value.trim() ? [[key, value.trim()] as const] : [])),
  );
  const problems = checkValues(template, filled);
  const wrong = (key: string): string | null => {
    const problem = problems.find((each) => each.at === key);
    if (!problem || (!tried && problem.fault === "template_parameter_missing")) return null;
    return wrongWords(problem.fault);
  };
  const press = () => {
    setTried(true);
    if (problems.length > 0) {
      requestAnimationFrame(() => document.querySelector<HTMLElement>("[role=dialog] [aria-invalid=true]")?.focus());
      return;
    }
    const { id, name, language } = template;
    send({ text: renderTemplateText(template, filled), template: { id, name, language, parameters: filled } });
    onDone();
  };
  return (
    <form
      ref={form}
      className={classes.fill}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        press();
      }}
    >
      <div className={classes.columns}>
        <div className={classes.fields}>
          {asked.length === 0 ? <p className={classes.nothing}>{t("picker.nothingToFill")}</p> : null}
          {asked.map((parameter) => (
            <TextInput
              key={parameter.key}
              label={placeName(parameter)}
              placeholder={parameter.example ? t("picker.example", { text: parameter.example }) : undefined}
              autoComplete="off"
              maxLength={1000}
              value={values[parameter.key] ?? ""}
              onChange={(event) => {
                const { value } = event.currentTarget;
                setValues((before) => ({ ...before, [parameter.key]: value }));
              }}
              error={wrong(parameter.key)}
              data-testid={`picker-value-${parameter.key}`}
            />
          ))}
        </div>
        <div className={classes.shown}>
          <h3>{t("preview.title")}</h3>
          <Preview template={template} values={filled} />
        </div>
      </div>
      <div className={classes.actions}>
        <Button variant="default" onClick={onBack}>
          {t("picker.another")}
        </Button>
        <Button type="submit" rightSection={<IconSend2 size={16} stroke={1.8} />} data-testid="picker-send">
          {t("picker.send")}
        </Button>
      </div>
    </form>
  );
}
