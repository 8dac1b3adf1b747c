import type { Template, TemplateButton, TemplateParameter } from "@firstline/contracts";
import { IconArrowBackUp, IconExternalLink, IconPhone, IconPhoto } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { langOf } from "./languages.ts";
import { piecesOf } from "./places.ts";
import classes from "./preview.module.css";

type Shown = Pick<Template, "header" | "body"> & {
  language: string;
  buttons: readonly { kind: string; text: string }[];
  parameters: readonly Pick<TemplateParameter, "key" | "example">[];
};

interface Props {
  template: Shown;
  /** What is filled in so far, by key. Where nothing is, the example stands in, paler. */
  values?: Record<string, string>;
}

const icons: Record<string, typeof IconPhone> = {
  url: IconExternalLink,
  phone: IconPhone,
  postback: IconArrowBackUp,
} satisfies Record<TemplateButton["kind"], typeof IconPhone>;

/** A template as the bubble the customer gets, with what is filled in standing out. */
export function Preview({ template, values }: Props) {
  const { t } = useTranslation("templates");
  const { header, body, buttons } = template;
  return (
    <div className={classes.bubble} lang={langOf(template.language)} data-testid="template-preview">
      {header?.kind === "image" ? (
        <div className={classes.picture}>
          <IconPhoto size={22} stroke={1.4} aria-hidden />
          <span>{t("preview.picture")}</span>
        </div>
      ) : null}
      {header?.text ? (
        <p className={classes.header}>
          <Filled text={header.text} component="header" template={template} values={values} />
        </p>
      ) : null}
      <p className={classes.body} data-empty={body === "" || undefined}>
        {body === "" ? t("preview.empty") : <Filled text={body} component="body" template={template} values={values} />}
      </p>
      {buttons.length > 0 ? (
        <ul className={classes.buttons} aria-label={t("preview.buttons")}>
          {buttons.map((button, index) => {
            const Icon = icons[button.kind.toLowerCase()] ?? IconArrowBackUp;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: buttons have nothing but their place
              <li key={index}>
                <Icon size={14} stroke={1.8} aria-hidden />
                {button.text || t("preview.button")}
              </li>
            );
          })}
        </ul>
      ) : null}
    </div>
  );
}

function Filled(props: { text: string; component: string; template: Shown; values?: Record<string, string> }) {
  return piecesOf(props.text).map((piece, index) => {
    if ("text" in piece) return piece.text;
    const key = `${props.component}.${piece.place}`;
    const value = props.values?.[key]?.trim();
    const example = props.template.parameters.find((each) => each.key === key)?.example;
    return (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one text have no identity
      <mark key={index} data-filled={value ? true : undefined}>
        {value || example || `{{${piece.place}}}`}
      </mark>
    );
  });
}
