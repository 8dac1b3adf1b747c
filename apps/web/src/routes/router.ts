import { createRouter } from "@tanstack/react-router";
import { queryClient } from "../lib/queryClient.ts";
import { parseSearch, stringifySearch } from "../lib/searchParams.ts";
import { NotFound, RoutePending, RouteProblem } from "../ui/RouteStates.tsx";
import { appRoute, indexRoute } from "./app.ts";
import { conversationRoute, inboxRoute } from "./inbox.ts";
import { inviteRoute, loginRoute, reauthorizedRoute, reauthorizeRoute, setupRoute } from "./public.ts";
import { rootRoute } from "./root.ts";
import { settingsRoutes, traceRoutes } from "./settings.tsx";

const routeTree = rootRoute.addChildren([
  loginRoute,
  setupRoute,
  inviteRoute,
  reauthorizeRoute,
  reauthorizedRoute,
  appRoute.addChildren([indexRoute, inboxRoute.addChildren([conversationRoute]), settingsRoutes, traceRoutes]),
]);

export const router = createRouter({
  routeTree,
  parseSearch,
  stringifySearch,
  context: { queryClient },
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  defaultPendingMs: 150,
  defaultPendingComponent: RoutePending,
  defaultErrorComponent: RouteProblem,
  defaultNotFoundComponent: NotFound,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
