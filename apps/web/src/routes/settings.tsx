import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { appRoute } from "./app.ts";

export const settingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/settings",
  component: lazyRouteComponent(() => import("./SettingsScreen.tsx"), "SettingsScreen"),
});

export const settingsRoutes = settingsRoute.addChildren([]);
