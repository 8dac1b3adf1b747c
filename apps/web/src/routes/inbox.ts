import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { validateInboxSearch } from "../lib/inboxSearch.ts";
import { appRoute } from "./app.ts";

export const inboxRoute = createRoute({
  getParentRoute: () => appRoute,
  path: "/inbox",
  validateSearch: validateInboxSearch,
  component: lazyRouteComponent(() => import("./InboxScreen.tsx"), "InboxScreen"),
});

export const conversationRoute = createRoute({
  getParentRoute: () => inboxRoute,
  path: "$conversationId",
  component: lazyRouteComponent(() => import("./ConversationScreen.tsx"), "ConversationScreen"),
});
