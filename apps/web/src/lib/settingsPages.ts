import type { Permission } from "@firstline/contracts";
import {
  IconBell,
  IconBellRinging,
  IconBuildingStore,
  IconKey,
  IconMessageQuestion,
  IconMessages,
  IconPlugConnected,
  IconShieldLock,
  IconTemplate,
  IconUser,
  IconUsers,
  IconWebhook,
} from "@tabler/icons-react";

/** Every page of the settings, as its list shows them and the palette finds them, with the permission it asks for. */
export const settingsGroups = [
  {
    name: "workspace",
    pages: [
      { to: "/settings/channels", name: "channels", icon: IconPlugConnected, needs: "channels:read" },
      { to: "/settings/incidents", name: "incidents", icon: IconBell, needs: "channels:read" },
      { to: "/settings/alerts", name: "alerts", icon: IconBellRinging, needs: null },
      { to: "/settings/templates", name: "templates", icon: IconTemplate, needs: "conversations:read" },
      { to: "/settings/team", name: "team", icon: IconUsers, needs: "team:read" },
      { to: "/settings/workspace", name: "workspace", icon: IconBuildingStore, needs: "team:read" },
      { to: "/settings/privacy", name: "privacy", icon: IconShieldLock, needs: "privacy:write" },
    ],
  },
  {
    name: "received",
    pages: [
      { to: "/trace", name: "trace", icon: IconMessageQuestion, needs: "conversations:read" },
      { to: "/settings/comments", name: "comments", icon: IconMessages, needs: "conversations:read" },
      { to: "/settings/deliveries", name: "deliveries", icon: IconWebhook, needs: "deliveries:read" },
    ],
  },
  {
    name: "programs",
    pages: [{ to: "/settings/api-keys", name: "apiKeys", icon: IconKey, needs: "apikeys:write" }],
  },
  { name: "you", pages: [{ to: "/settings/profile", name: "profile", icon: IconUser, needs: null }] },
] as const satisfies {
  name: string;
  pages: { to: string; name: string; icon: typeof IconKey; needs: Permission | null }[];
}[];
