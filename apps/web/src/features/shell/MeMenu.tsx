import { Menu, UnstyledButton, useMantineColorScheme } from "@mantine/core";
import {
  IconBell,
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
import { MenuChoice } from "../../ui/MenuChoice.tsx";
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
          <MenuChoice
            key={value}
            chosen={colorScheme === value}
            icon={<Icon size={16} stroke={1.6} />}
            onChoose={() => setColorScheme(value)}
            testId={`scheme-${value}`}
          >
            {t(`me.scheme.${value}`)}
          </MenuChoice>
        ))}
        <Menu.Label>{t("me.language")}</Menu.Label>
        {(Object.keys(languages) as Language[]).map((language) => (
          <MenuChoice
            key={language}
            chosen={i18n.language === language}
            lang={language}
            icon={<IconLanguage size={16} stroke={1.6} />}
            onChoose={() => void setLanguage(language)}
            testId={`language-${language}`}
          >
            {languages[language]}
          </MenuChoice>
        ))}
        <Menu.Divider />
        {noticed === "unsupported" ? null : (
          <MenuChoice
            kind="checkbox"
            stays
            chosen={noticed === "on"}
            disabled={noticed === "denied"}
            icon={<IconBell size={16} stroke={1.6} />}
            onChoose={() => void toggleNotify().then(setNoticed)}
            testId="notify-toggle"
          >
            {t(noticed === "denied" ? "me.notifyDenied" : "me.notify")}
          </MenuChoice>
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
