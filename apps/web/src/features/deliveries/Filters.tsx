import { NativeSelect, SegmentedControl, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
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
