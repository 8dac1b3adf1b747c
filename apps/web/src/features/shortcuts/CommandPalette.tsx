import "@mantine/spotlight/styles.layer.css";
import { useMantineColorScheme } from "@mantine/core";
import { openSpotlight, Spotlight, type SpotlightActionData, type SpotlightActionGroupData } from "@mantine/spotlight";
import {
  IconAlertTriangle,
  IconArrowForwardUp,
  IconCheck,
  IconClockExclamation,
  IconHandGrab,
  IconHandOff,
  IconInbox,
  IconKeyboard,
  IconLanguage,
  IconMailOpened,
  IconMessage2Question,
  IconMoon,
  IconSearch,
  IconSettings,
  IconSun,
  IconTemplate,
  IconUser,
  IconUserCheck,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { conversationCommands, openTemplates, templatesOffered } from "../../lib/commands.ts";
import { setLanguage } from "../../lib/i18n.ts";
import { keys } from "../../lib/queryKeys.ts";
import { useChannels, useMe } from "../../lib/session.ts";
import { settingsGroups } from "../../lib/settingsPages.ts";
import { traceLink } from "../../lib/settingsSearch.ts";
import { openShortcuts } from "../../lib/shortcuts.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import classes from "./shortcuts.module.css";

const icon = { size: 18, stroke: 1.6 };

const CONTROL = {
  take: IconHandGrab,
  request: IconMessage2Question,
  pass: IconArrowForwardUp,
  release: IconHandOff,
} as const;

/** Every action by name, and people by theirs. */
export function CommandPalette({ open }: { open: boolean }) {
  const { t, i18n } = useTranslation("shortcuts");
  const navigate = useNavigate();
  const { channels } = useChannels();
  const { may } = useMe();
  const { setColorScheme } = useMantineColorScheme();
  const [query, setQuery] = useState("");
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (open) openSpotlight();
  }, [open]);
  const wanted = query.trim();
  const found = useQuery({
    queryKey: keys.palette(wanted),
    queryFn: ({ signal }) => api.get("ConversationList", "/conversations", { query: { q: wanted, limit: 6 }, signal }),
    enabled: opened && wanted.length > 1,
    placeholderData: (before) => before,
    select: (list) => list.data,
  });

  const tab = (
    name: "mine" | "unassigned" | "endingSoon" | "needsLook",
    symbol: React.ReactNode,
  ): SpotlightActionData => ({
    id: `tab-${name}`,
    label: t(`inbox:tab.${name}`),
    leftSection: symbol,
    onClick: () => void navigate({ to: "/inbox", search: { tab: name } }),
  });
  const commands = opened ? conversationCommands() : null;
  const conversation: SpotlightActionData[] = commands
    ? [
        {
          id: "assign",
          label: t("does.assignMe"),
          leftSection: <IconUserCheck {...icon} />,
          onClick: commands.assignMe,
        },
        { id: "finish", label: t("does.resolve"), leftSection: <IconCheck {...icon} />, onClick: commands.finish },
        {
          id: "unread",
          label: t("does.unread"),
          leftSection: <IconMailOpened {...icon} />,
          onClick: commands.markUnread,
        },
        { id: "contact", label: t("does.contact"), leftSection: <IconUser {...icon} />, onClick: commands.contact },
        ...(templatesOffered()
          ? [
              {
                id: "template",
                label: t("does.template"),
                leftSection: <IconTemplate {...icon} />,
                onClick: openTemplates,
              },
            ]
          : []),
        ...commands.controls().map((action) => {
          const Icon = CONTROL[action];
          return {
            id: `control-${action}`,
            label: t(`does.${action}`),
            leftSection: <Icon {...icon} />,
            onClick: () => commands.control(action),
          };
        }),
      ]
    : [];
  const groups: SpotlightActionGroupData[] = [
    ...(wanted.length > 1 && found.data?.length
      ? [
          {
            group: t("palette.people"),
            actions: found.data.map((each) => ({
              id: each.id,
              // Kept by the server's search, whatever the palette's own filter thinks of the name.
              keywords: wanted,
              label: each.contact.name,
              description: each.lastMessage?.text ?? undefined,
              leftSection: (
                <Avatar
                  name={each.contact.name}
                  seed={each.contact.id}
                  size={26}
                  pictureUrl={each.contact.pictureUrl}
                />
              ),
              onClick: () => void navigate({ to: "/inbox/$conversationId", params: { conversationId: each.id } }),
            })),
          },
        ]
      : []),
    ...(conversation.length > 0 ? [{ group: t("palette.conversation"), actions: conversation }] : []),
    {
      group: t("palette.places"),
      actions: [
        {
          id: "inbox",
          label: t("common:nav.inbox"),
          leftSection: <IconInbox {...icon} />,
          onClick: () => void navigate({ to: "/inbox" }),
        },
        tab("mine", <IconUser {...icon} />),
        tab("unassigned", <IconInbox {...icon} />),
        tab("endingSoon", <IconClockExclamation {...icon} />),
        tab("needsLook", <IconAlertTriangle {...icon} />),
        ...(channels.length > 1
          ? channels.map((channel) => ({
              id: `channel-${channel.id}`,
              label: channel.name,
              description: t(`common:platform.${channel.platform}`),
              leftSection: <Avatar name={channel.name} seed={channel.id} size={20} platform={channel.platform} />,
              onClick: () => void navigate({ to: "/inbox", search: { channel: channel.id } }),
            }))
          : []),
        {
          id: "settings",
          label: t("common:nav.settings"),
          leftSection: <IconSettings {...icon} />,
          onClick: () => void navigate({ to: "/settings" }),
        },
        ...settingsGroups
          .flatMap((each) => [...each.pages])
          .filter(({ needs }) => needs === null || may(needs))
          .map(({ to, name, icon: Icon }) => ({
            id: `page-${name}`,
            label: t(`settings:page.${name}.name`),
            description: t(`settings:page.${name}.hint`),
            leftSection: <Icon {...icon} />,
            onClick: () => void navigate(to === "/trace" ? traceLink() : { to }),
          })),
      ],
    },
    {
      group: t("palette.appearance"),
      actions: [
        {
          id: "light",
          label: t("common:me.scheme.light"),
          leftSection: <IconSun {...icon} />,
          onClick: () => setColorScheme("light"),
        },
        {
          id: "dark",
          label: t("common:me.scheme.dark"),
          leftSection: <IconMoon {...icon} />,
          onClick: () => setColorScheme("dark"),
        },
        i18n.language === "en"
          ? {
              id: "zh",
              label: "繁體中文",
              leftSection: <IconLanguage {...icon} />,
              onClick: () => void setLanguage("zh-TW"),
            }
          : {
              id: "en",
              label: "English",
              leftSection: <IconLanguage {...icon} />,
              onClick: () => void setLanguage("en"),
            },
        { id: "keys", label: t("title"), leftSection: <IconKeyboard {...icon} />, onClick: openShortcuts },
      ],
    },
  ];
  return (
    <Spotlight
      actions={groups}
      query={query}
      onQueryChange={setQuery}
      shortcut={["mod + K"]}
      // Also while somebody writes: no text field has a use of its own for it.
      tagsToIgnore={[]}
      highlightQuery
      scrollable
      maxHeight={440}
      clearQueryOnClose
      nothingFound={t("palette.nothing")}
      onSpotlightOpen={() => setOpened(true)}
      onSpotlightClose={() => setOpened(false)}
      searchProps={{
        leftSection: <IconSearch {...icon} />,
        placeholder: t("palette.placeholder"),
        "aria-label": t("palette.placeholder"),
        // Enter without a choice takes the first.
        onKeyDown: (event) => {
          const list = event.currentTarget.closest("[role=dialog]");
          if (
            event.key !== "Enter" ||
            event.nativeEvent.isComposing ||
            list?.querySelector("[data-action][data-selected]")
          )
            return;
          list?.querySelector<HTMLElement>("[data-action]")?.click();
        },
      }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      transitionProps={{ duration: 100, transition: "fade" }}
      classNames={{ content: classes.palette, search: classes.paletteSearch }}
      data-testid="command-palette"
    />
  );
}
