import { Combobox, Loader, TextInput, useCombobox } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../ui/Avatar.tsx";
import { peopleQuery } from "./queries.ts";
import classes from "./trace.module.css";

export interface Person {
  externalId: string;
  name: string | null;
}

interface Props {
  channelId: string;
  value: Person | null;
  onChange: (person: Person | null) => void;
  error: string | null;
}

/** Meta's ids are long numbers; anything else that is typed is a name to search. */
const isId = (text: string): boolean => /^\d{6,}$/.test(text);

/** Who wrote: found by name among the channel's people, or by the id Meta gave them. */
export function PersonField({ channelId, value, onChange, error }: Props) {
  const { t } = useTranslation("trace");
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const [typed, setTyped] = useState<string | null>(null);
  const wanted = (typed ?? "").trim();
  const [q] = useDebouncedValue(wanted, 150);
  const people = useQuery({ ...peopleQuery(channelId || null, q), enabled: combobox.dropdownOpened && !isId(q) });
  const found = isId(wanted) ? [] : (people.data ?? []);
  const shown = value === null ? "" : (value.name ?? value.externalId);

  const choose = (externalId: string) => {
    const person = found.find((each) => each.externalId === externalId);
    onChange({ externalId, name: person?.name ?? null });
    setTyped(null);
    combobox.closeDropdown();
  };
  return (
    <Combobox store={combobox} onOptionSubmit={choose} shadow="md">
      <Combobox.Target>
        <TextInput
          className={classes.wide}
          label={t("field.person")}
          description={value?.name ? <code className={classes.id}>{value.externalId}</code> : t("field.personHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          placeholder={t("field.personPlaceholder")}
          value={typed ?? shown}
          error={error}
          autoComplete="off"
          spellCheck={false}
          rightSection={people.isFetching ? <Loader size={14} /> : null}
          onChange={(event) => {
            const text = event.currentTarget.value;
            setTyped(text);
            onChange(isId(text.trim()) ? { externalId: text.trim(), name: null } : null);
            combobox.openDropdown();
            combobox.updateSelectedOptionIndex();
          }}
          onFocus={(event) => {
            event.currentTarget.select();
            combobox.openDropdown();
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={() => {
            combobox.closeDropdown();
            // A name that was typed but not chosen says nobody.
            if (value) setTyped(null);
          }}
          data-testid="trace-person"
        />
      </Combobox.Target>
      <Combobox.Dropdown hidden={isId(wanted) && wanted === value?.externalId}>
        <Combobox.Options mah={300} style={{ overflowY: "auto" }} aria-label={t("field.person")}>
          {found.map((each) => (
            <Combobox.Option key={each.id} value={each.externalId} data-testid="trace-person-option">
              <span className={classes.person}>
                <Avatar
                  name={each.name}
                  seed={each.id}
                  size={26}
                  pictureUrl={each.pictureUrl}
                  unnamed={each.nameReason !== null}
                />
                <span>
                  {each.name}
                  <code className={classes.id}>{each.externalId}</code>
                </span>
              </span>
            </Combobox.Option>
          ))}
          {found.length === 0 ? (
            <Combobox.Empty>
              {people.isError ? t("field.searchFailed") : t(people.isFetching ? "field.searching" : "field.nobody")}
            </Combobox.Empty>
          ) : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
