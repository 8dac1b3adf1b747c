import type { Channel } from "@firstline/contracts";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { IconMessageSearch } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { now } from "../../lib/clock.ts";
import { type Around, arounds, type TraceSearch } from "../../lib/settingsSearch.ts";
import { PersonField } from "./PersonField.tsx";
import { AROUND, fieldsOf, isoOf, type TraceWish, zoneName } from "./range.ts";
import classes from "./trace.module.css";

interface Props {
  channels: Channel[];
  search: TraceSearch;
  /** Name of the person in the address, once it is known. */
  name: string | null;
  busy: boolean;
  onTrace: (wish: TraceWish) => void;
}

/** Channel, person, time. Whatever the address says already is filled in. */
export function TraceForm({ channels, search, name, busy, onTrace }: Props) {
  const { t, i18n } = useTranslation("trace");
  const [channelId, setChannelId] = useState(
    channels.find((channel) => channel.id === search.channelId)?.id ?? channels[0]?.id ?? "",
  );
  const [person, setPerson] = useState<{ externalId: string; name: string | null } | null>(
    search.contactExternalId ? { externalId: search.contactExternalId, name: null } : null,
  );
  const [{ date, time }, setMoment] = useState(() => fieldsOf(search.at ?? now()));
  const [around, setAround] = useState<Around>(search.around ?? AROUND);
  const [tried, setTried] = useState(false);
  const at = isoOf(date, time);
  const ahead = at !== null && Date.parse(at) > now() + 60_000;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (channelId && person && at && !ahead) onTrace({ channelId, contactExternalId: person.externalId, at, around });
  };

  return (
    <form className={classes.form} onSubmit={submit} noValidate data-testid="trace-form">
      <NativeSelect
        className={classes.wide}
        label={t("field.channel")}
        value={channelId}
        onChange={(event) => {
          setChannelId(event.currentTarget.value);
          // An id belongs to one channel: the same person has another one elsewhere.
          setPerson(null);
        }}
        data={channels.map((channel) => ({
          value: channel.id,
          label: `${channel.name} · ${t(`common:platform.${channel.platform}`)}`,
        }))}
        data-testid="trace-channel"
      />
      <PersonField
        key={channelId}
        channelId={channelId}
        value={person && { externalId: person.externalId, name: person.name ?? name }}
        onChange={setPerson}
        error={tried && !person ? t("field.personMissing") : null}
      />
      <div className={classes.when}>
        <TextInput
          type="date"
          label={t("field.date")}
          value={date}
          max={fieldsOf(now()).date}
          onChange={(event) => setMoment({ date: event.currentTarget.value, time })}
          error={tried && (!at || ahead) ? t(ahead ? "field.ahead" : "field.timeMissing") : null}
          data-testid="trace-date"
        />
        <TextInput
          type="time"
          label={t("field.time")}
          value={time}
          onChange={(event) => setMoment({ date, time: event.currentTarget.value })}
          data-testid="trace-time"
        />
        <NativeSelect
          label={t("field.around")}
          value={String(around)}
          onChange={(event) => setAround(Number(event.currentTarget.value) as Around)}
          data={arounds.map((value) => ({ value: String(value), label: t(`around.${value}`) }))}
          data-testid="trace-around"
        />
      </div>
      <div className={classes.submit}>
        <Button
          type="submit"
          loading={busy}
          leftSection={<IconMessageSearch size={17} stroke={1.7} />}
          data-testid="trace-submit"
        >
          {t("action")}
        </Button>
        <p>{t("zone", { zone: zoneName(at ? Date.parse(at) : now(), i18n.language) })}</p>
      </div>
    </form>
  );
}
