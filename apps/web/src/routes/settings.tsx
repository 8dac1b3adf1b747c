import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { settingsTexts } from "../lib/i18n.ts";
import {
  validateChannelSearch,
  validateChannelsSearch,
  validateCommentsSearch,
  validateDeliveriesSearch,
  validateTemplatesSearch,
  validateTraceSearch,
} from "../lib/settingsSearch.ts";
import { appRoute } from "./app.ts";

export const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings",
  beforeLoad: () => settingsTexts(),
  component: lazyRouteComponent(() => import("./SettingsScreen.tsx"), "SettingsScreen"),
});

const settingsIndexRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "/",
  component: lazyRouteComponent(() => import("./SettingsIndex.tsx"), "SettingsIndex"),
});

const channelsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "channels",
  validateSearch: validateChannelsSearch,
  component: lazyRouteComponent(() => import("../features/channels/ChannelsScreen.tsx"), "ChannelsScreen"),
});

const channelHealthRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "channels/$channelId",
  validateSearch: validateChannelSearch,
  component: lazyRouteComponent(() => import("../features/channels/ChannelHealthScreen.tsx"), "ChannelHealthScreen"),
});

const incidentsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "incidents",
  component: lazyRouteComponent(() => import("../features/incidents/IncidentsScreen.tsx"), "IncidentsScreen"),
});

const alertsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "alerts",
  component: lazyRouteComponent(() => import("../features/alerts/AlertsScreen.tsx"), "AlertsScreen"),
});

const teamRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "team",
  component: lazyRouteComponent(() => import("../features/team/TeamScreen.tsx"), "TeamScreen"),
});

const apiKeysRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "api-keys",
  component: lazyRouteComponent(() => import("../features/apikeys/ApiKeysScreen.tsx"), "ApiKeysScreen"),
});

const deliveriesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "deliveries",
  validateSearch: validateDeliveriesSearch,
  component: lazyRouteComponent(() => import("../features/deliveries/DeliveriesScreen.tsx"), "DeliveriesScreen"),
});

const workspaceRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "workspace",
  component: lazyRouteComponent(() => import("../features/workspace/WorkspaceScreen.tsx"), "WorkspaceScreen"),
});

const privacyRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "privacy",
  component: lazyRouteComponent(() => import("../features/privacy/PrivacyScreen.tsx"), "PrivacyScreen"),
});

const profileRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "profile",
  component: lazyRouteComponent(() => import("../features/profile/ProfileScreen.tsx"), "ProfileScreen"),
});

const templatesRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "templates",
  validateSearch: validateTemplatesSearch,
  component: lazyRouteComponent(() => import("../features/templates/TemplatesScreen.tsx"), "TemplatesScreen"),
});

const newTemplateRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "templates/new",
  validateSearch: validateTemplatesSearch,
  component: lazyRouteComponent(
    () => import("../features/templates/create/NewTemplateScreen.tsx"),
    "NewTemplateScreen",
  ),
});

const templateLibraryRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "templates/library",
  validateSearch: validateTemplatesSearch,
  component: lazyRouteComponent(() => import("../features/templates/library/LibraryScreen.tsx"), "LibraryScreen"),
});

const commentsRoute = createRoute({
  getParentRoute: () => settingsRoute,
  path: "comments",
  validateSearch: validateCommentsSearch,
  component: lazyRouteComponent(() => import("../features/comments/CommentsScreen.tsx"), "CommentsScreen"),
});

/** Tracing stands beside the list of settings, but has an address of its own: agents hand it to each other. */
const traceLayoutRoute = createRoute({
  getParentRoute: () => appRoute,
  id: "tools",
  beforeLoad: () => settingsTexts(),
  component: lazyRouteComponent(() => import("./SettingsScreen.tsx"), "SettingsScreen"),
});

const traceRoute = createRoute({
  getParentRoute: () => traceLayoutRoute,
  path: "/trace",
  validateSearch: validateTraceSearch,
  component: lazyRouteComponent(() => import("../features/trace/TraceScreen.tsx"), "TraceScreen"),
});

export const traceRoutes = traceLayoutRoute.addChildren([traceRoute]);

export const settingsRoutes = settingsRoute.addChildren([
  settingsIndexRoute,
  channelsRoute,
  channelHealthRoute,
  incidentsRoute,
  alertsRoute,
  teamRoute,
  workspaceRoute,
  apiKeysRoute,
  deliveriesRoute,
  templatesRoute,
  newTemplateRoute,
  templateLibraryRoute,
  commentsRoute,
  privacyRoute,
  profileRoute,
]);
