import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { reauthorizeTexts } from "../lib/i18n.ts";
import { setupQuery } from "../lib/session.ts";
import { rootRoute } from "./root.ts";

export const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/login",
  validateSearch: (search: Record<string, unknown>): { next?: string } => {
    // Only a path of this app: an address from elsewhere in `next` must not become an open redirect.
    const next = typeof search.next === "string" && /^\/(?![/\\])/.test(search.next) ? search.next : undefined;
    return next ? { next } : {};
  },
  beforeLoad: async ({ context: { queryClient } }) => {
    const setup = await queryClient.ensureQueryData(setupQuery).catch(() => null);
    if (setup?.needed) throw redirect({ to: "/setup" });
  },
  component: lazyRouteComponent(() => import("../features/auth/LoginScreen.tsx"), "LoginScreen"),
});

export const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/setup",
  beforeLoad: async ({ context: { queryClient } }) => {
    const setup = await queryClient.ensureQueryData(setupQuery);
    if (!setup.needed) throw redirect({ to: "/login", search: {} });
  },
  component: lazyRouteComponent(() => import("../features/auth/SetupScreen.tsx"), "SetupScreen"),
});

export const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/invite/$token",
  component: lazyRouteComponent(() => import("../features/auth/InviteScreen.tsx"), "InviteScreen"),
});

export const reauthorizeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reauthorize/$token",
  beforeLoad: () => reauthorizeTexts(),
  component: lazyRouteComponent(() => import("../features/auth/reauthorize/LinkScreen.tsx"), "LinkScreen"),
});

export const reauthorizedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/reauthorize/result/$state",
  beforeLoad: () => reauthorizeTexts(),
  component: lazyRouteComponent(() => import("../features/auth/reauthorize/ResultScreen.tsx"), "ResultScreen"),
});
