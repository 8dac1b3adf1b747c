import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { ApiProblem } from "../lib/api.ts";
import { channelsQuery, membersQuery, meQuery, setupQuery } from "../lib/session.ts";
import { rootRoute } from "./root.ts";

/** Everything behind the sign-in. Without a session it leads to the sign-in, or to the set-up of a new installation. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "app",
  beforeLoad: async ({ context: { queryClient }, location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== "not_signed_in") throw error;
      const setup = await queryClient.ensureQueryData(setupQuery).catch(() => null);
      if (setup?.needed) throw redirect({ to: "/setup" });
      throw redirect({ to: "/login", search: location.pathname === "/" ? {} : { next: location.href } });
    }
    // Names of colleagues and channels are on every screen; the screens do not wait for them.
    void queryClient.prefetchQuery(membersQuery);
    void queryClient.prefetchQuery(channelsQuery);
  },
  component: lazyRouteComponent(() => import("./AppScreen.tsx"), "AppScreen"),
});

export const indexRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/inbox" });
  },
});
