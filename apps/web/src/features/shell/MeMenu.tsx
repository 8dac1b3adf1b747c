import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import {
  IconBell,
  IconCheck,
  IconDeviceDesktop,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSun,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { signOut } from "../../lib/auth.ts";
import { type Language, languages, setLanguage } from "../../lib/i18n.ts";
import { notifyState, toggleNotify } from "../../lib/notify.ts";
import { useMe } from "../../lib/session.ts";
import { openShortcuts } from "../../lib/shortcuts.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import classes from "./Shell.module.css";

const schemes = [
  { value: "auto", icon: IconDeviceDesktop },
  { value: "light", icon: IconSun },
  { value: "dark", icon: IconMoon },
] as const;

/** The signed-in person: appearance, language, shortcuts, sign out. */
export function MeMenu({ position }: { position: "right-end" | "top-end" }) {
  const { t, i18n } = useTranslation();
  const { me } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [noticed, setNoticed] = useState(notifyState);
  const name = me?.member?.name ?? me?.workspace.name ?? "";

  const leave = async () => {
    await signOut();
    await navigate({ to: "/login", search: {} });
    client.clear();
  };

  return (
    <Menu position={position} width={230}>
      <Menu.Target>
        <UnstyledButton className={classes.me} aria-label={t("me.menu", { name })} data-testid="me-menu">
          <Avatar name={name} seed={me?.member?.id} size={30} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes.meHead}>
          <b>{name}</b>
          <span>{me?.member?.email}</span>
        </div>
        <Menu.Divider />
        <Menu.Label>{t("me.appearance")}</Menu.Label>
        {schemes.map(({ value, icon: Icon }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            leftSection={<Icon size={16} stroke={1.6} />}
            rightSection={colorScheme === value ? <IconCheck size={15} /> : null}
            onClick={() => setColorScheme(value)}
            data-testid={`scheme-${value}`}
          >
            {t(`me.scheme.${value}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t("me.language")}</Menu.Label>
        {(Object.keys(languages) as Language[]).map((language) => (
          <Menu.Item
            key={language}
            role="menuitemradio"
            aria-checked={i18n.language === language}
            lang={language}
            leftSection={<IconLanguage size={16} stroke={1.6} />}
            rightSection={i18n.language === language ? <IconCheck size={15} /> : null}
            onClick={() => void setLanguage(language)}
            data-testid={`language-${language}`}
          >
            {languages[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        {noticed === "unsupported" ? null : (
          <Menu.Item
            role="menuitemcheckbox"
            aria-checked={noticed === "on"}
            disabled={noticed === "denied"}
            closeMenuOnClick={false}
            leftSection={<IconBell size={16} stroke={1.6} />}
            rightSection={noticed === "on" ? <IconCheck size={15} /> : null}
            onClick={() => void toggleNotify().then(setNoticed)}
            data-testid="notify-toggle"
          >
            {t(noticed === "denied" ? "me.notifyDenied" : "me.notify")}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconKeyboard size={16} stroke={1.6} />} onClick={openShortcuts}>
          {t("me.shortcuts")}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} stroke={1.6} />}
          onClick={() => void leave()}
          data-testid="sign-out"
        >
          {t("me.signOut")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
