import { SegmentedControl, Switch, useMantineColorScheme } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Language, languages, setLanguage } from "../../lib/i18n.ts";
import { notifyState, toggleNotify } from "../../lib/notify.ts";
import { useStored } from "../../lib/storage.ts";
import { Choice, Choices } from "../../ui/Choice.tsx";
import { Section } from "../../ui/Section.tsx";

const schemes = ["auto", "light", "dark"] as const;
const command = /mac|iphone|ipad/i.test(navigator.platform) ? "⌘" : "Ctrl";

/** Choices of this browser; each takes effect at once. */
export function Preferences() {
  const { t, i18n } = useTranslation("profile");
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [sendKey, setSendKey] = useStored("sendKey", "enter");
  const [notify, setNotify] = useState(notifyState);
  const refused = notify === "denied" || notify === "unsupported";
  return (
    <Section title={t("preferences.title")} text={t("preferences.text")}>
      <Choices>
        <Choice label={t("common:me.language")}>
          <SegmentedControl
            size="sm"
            aria-label={t("common:me.language")}
            value={i18n.language}
            onChange={(value) => void setLanguage(value as Language)}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            data-testid="profile-language"
          />
        </Choice>
        <Choice label={t("common:me.appearance")}>
          <SegmentedControl
            size="sm"
            aria-label={t("common:me.appearance")}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as (typeof schemes)[number])}
            data={schemes.map((value) => ({ value, label: t(`common:me.scheme.${value}`) }))}
            data-testid="profile-scheme"
          />
        </Choice>
        <Choice
          label={t("preferences.sendKey")}
          hint={t(`preferences.sendHint.${sendKey === "enter" ? "enter" : "ctrl"}`, { command })}
        >
          <SegmentedControl
            size="sm"
            aria-label={t("preferences.sendKey")}
            value={sendKey}
            onChange={setSendKey}
            data={[
              { value: "enter", label: "Enter" },
              { value: "ctrl", label: `${command}+Enter` },
            ]}
            data-testid="profile-send-key"
          />
        </Choice>
        <Choice label={t("common:me.notify")} hint={t(`preferences.notify.${notify}`)}>
          <Switch
            aria-label={t("common:me.notify")}
            checked={notify === "on"}
            disabled={refused}
            onChange={() => void toggleNotify().then(setNotify)}
            data-testid="profile-notify"
          />
        </Choice>
      </Choices>
    </Section>
  );
}
