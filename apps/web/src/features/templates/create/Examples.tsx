import type { TemplatePlace } from "@firstline/core/templates";
import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { usePlaceName } from "../placeName.ts";
import classes from "./create.module.css";

interface Props {
  places: readonly TemplatePlace[];
  examples: Record<string, string>;
  onChange: (examples: Record<string, string>) => void;
  wrong: (key: string) => string | null;
}

/** Meta's reviewers want to see what will stand in each place. */
export function Examples({ places, examples, onChange, wrong }: Props) {
  const { t } = useTranslation("templates");
  const name = usePlaceName();
  return (
    <fieldset className={classes.examples}>
      <legend>{t("create.examples")}</legend>
      <p className={classes.hint}>{t("create.examplesHint")}</p>
      {places.map((place) => (
        <TextInput
          key={place.key}
          className={classes.example}
          label={name(place)}
          maxLength={1000}
          autoComplete="off"
          value={examples[place.key] ?? ""}
          onChange={(event) => onChange({ ...examples, [place.key]: event.currentTarget.value })}
          error={wrong(place.key)}
          data-testid={`template-example-${place.key}`}
        />
      ))}
    </fieldset>
  );
}
