import { NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { IconUserSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useChannels } from "../../lib/session.ts";
import { type DeliveriesSearch, type Span, spans } from "../../lib/settingsSearch.ts";
import classes from "./deliveries.module.css";

const states = ["all", "pending", "done", "failed"] as const;

interface Props {
  search: DeliveriesSearch;
  onChange: (wish: Partial<DeliveriesSearch>) => void;
}

/** An ISO time as the browser's own field for date and time wants it: in the reader's zone, to the minute. */
function fieldValue(at: string | undefined): string {
  if (!at) return "";
  const time = new Date(at);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
const isoOf = (value: string): string | undefined => (value ? new Date(value).toISOString() : undefined);

export function Filters({ search, onChange }: Props) {
  const { t } = useTranslation("deliveries");
  const { channels } = useChannels();
  return (
    <div className={classes.filters}>
      <SegmentedControl
        size="sm"
        aria-label={t("filter.state")}
        value={search.state ?? "all"}
        onChange={(value) => onChange({ state: value === "all" ? undefined : (value as DeliveriesSearch["state"]) })}
        data={states.map((value) => ({ value, label: t(value === "all" ? "filter.all" : `state.${value}`) }))}
        data-testid="delivery-state"
      />
      {channels.length > 1 || search.channel ? (
        <NativeSelect
          size="sm"
          aria-label={t("filter.channel")}
          value={search.channel ?? ""}
          onChange={(event) => onChange({ channel: event.currentTarget.value || undefined })}
          data={[
            { value: "", label: t("filter.anyChannel") },
            ...channels.map((channel) => ({
              value: channel.id,
              label: `${channel.name} · ${t(`common:platform.${channel.platform}`)}`,
            })),
          ]}
          data-testid="delivery-channel"
        />
      ) : null}
      <ContactFilter value={search.contact} onChange={(contact) => onChange({ contact })} />
      <NativeSelect
        size="sm"
        aria-label={t("filter.span")}
        value={search.span ?? ""}
        onChange={(event) => {
          const span = (event.currentTarget.value || undefined) as Span | undefined;
          onChange({ span, from: undefined, to: undefined });
        }}
        data={[
          { value: "", label: t("filter.any") },
          ...spans.map((value) => ({ value, label: t(`filter.${value}`) })),
        ]}
        data-testid="delivery-span"
      />
      {search.span === "custom" ? (
        <>
          <TextInput
            size="sm"
            type="datetime-local"
            aria-label={t("filter.from")}
            value={fieldValue(search.from)}
            max={fieldValue(search.to)}
            onChange={(event) => onChange({ from: isoOf(event.currentTarget.value) })}
            data-testid="delivery-from"
          />
          <span aria-hidden>–</span>
          <TextInput
            size="sm"
            type="datetime-local"
            aria-label={t("filter.to")}
            value={fieldValue(search.to)}
            min={fieldValue(search.from)}
            onChange={(event) => onChange({ to: isoOf(event.currentTarget.value) })}
            data-testid="delivery-to"
          />
        </>
      ) : null}
    </div>
  );
}

/** Meta's id of a customer; taken over with Enter or on leaving the field, so that no half id is searched. */
function ContactFilter({ value = "", onChange }: { value?: string; onChange: (id: string | undefined) => void }) {
  const { t } = useTranslation("deliveries");
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const take = () => typed.trim() !== value && onChange(typed.trim() || undefined);
  return (
    <TextInput
      size="sm"
      aria-label={t("filter.contact")}
      placeholder={t("filter.contact")}
      leftSection={<IconUserSearch size={15} stroke={1.7} aria-hidden />}
      value={typed}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => setTyped(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Enter" && take()}
      onBlur={take}
      data-testid="delivery-contact"
    />
  );
}
