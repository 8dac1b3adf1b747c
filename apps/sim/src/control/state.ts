import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { takeoverAllowed } from "../routing/apps.ts";
import type { Sim } from "../sim.ts";
import { avatarUrl } from "../store/media-url.ts";
import { newestToken } from "../store/tokens.ts";
import type { Customer, Page } from "../store/types.ts";
import { defaultFaults, emptyWorld } from "../world/empty.ts";
import { sampleWorld } from "../world/sample.ts";
import { parseBody } from "./body.ts";
import { appsView, controlView, routingView } from "./routing-view.ts";
import { templateView } from "./templates.ts";

/** `GET /_sim/state` and `POST /_sim/reset`. */
export function stateRoutes(app: FastifyInstance, sim: Sim): void {
  app.get("/_sim/state", async () => describe(sim));
  const Reset = z.strictObject({
    world: z.enum(["sample", "empty"]).optional(),
    keepSubscriptions: z.boolean().optional(),
  });
  app.post("/_sim/reset", async (request) => {
    const { world = sim.store.state.world, keepSubscriptions = false } = parseBody(Reset, request);
    const old = sim.store.state;
    const fresh = world === "empty" ? emptyWorld() : sampleWorld(sim.now());
    if (keepSubscriptions) {
      fresh.apps.forEach((one) => {
        one.subscriptions = old.apps.find((other) => other.id === one.id)?.subscriptions ?? [];
      });
      for (const page of fresh.pages) page.installs = old.pages.find((other) => other.id === page.id)?.installs ?? [];
    }
    fresh.faults = defaultFaults();
    sim.store.replace(fresh);
    sim.sender.log.clear();
    sim.calls.clear();
    sim.sender.load();
    sim.bus.emit({ type: "world" });
    return { ok: true, world };
  });
}

function customerView(sim: Sim, page: Page, customer: Customer) {
  const thread = sim.store.state.threads[`${customer.pageId}:${customer.id}`];
  const last = thread?.messages.at(-1);
  return {
    id: customer.id,
    name: customer.name,
    platform: customer.platform,
    kind: customer.kind,
    locale: customer.locale,
    ...(customer.username && { username: customer.username }),
    blocked: customer.blocked,
    avatar: avatarUrl(sim, customer.id),
    control: thread ? controlView(sim, page, thread) : null,
    messages: thread?.messages.length ?? 0,
    lastActionAt: thread?.lastActionAt ? new Date(thread.lastActionAt).toISOString() : null,
    lastMessage: last
      ? {
          from: last.from,
          text: last.text ?? null,
          kind: last.attachments[0]?.type ?? "text",
          at: new Date(last.at).toISOString(),
        }
      : null,
    unread: thread?.messages.filter((message) => message.from === "page" && !message.readAt).length ?? 0,
  };
}

function pageView(sim: Sim, page: Page) {
  const { state } = sim.store;
  const token = newestToken(
    state,
    (candidate) => candidate.kind === "page" && candidate.pageId === page.id && !isSystem(sim, candidate.userId),
  );
  const own = state.customers.filter((customer) => customer.pageId === page.id);
  return {
    id: page.id,
    name: page.name,
    category: page.category,
    avatar: avatarUrl(sim, page.id),
    accessToken: token?.value ?? null,
    tokenState: token ? (token.dead ? "dead" : "valid") : "none",
    tokens: state.users.flatMap((user) => {
      const one = newestToken(
        state,
        (candidate) => candidate.kind === "page" && candidate.pageId === page.id && candidate.userId === user.id,
      );
      return one
        ? [{ userId: user.id, userName: user.name, kind: user.kind, accessToken: one.value, valid: !one.dead }]
        : [];
    }),
    restricted: page.restricted,
    restrictedAs: page.restricted ? (page.restrictedAs ?? 1893063) : null,
    adWindow: page.adWindow ?? false,
    severalImages: page.severalImages ?? true,
    templates: (page.templates ?? []).map(templateView),
    isPublished: page.isPublished,
    playedAt: page.playedAt ? new Date(page.playedAt).toISOString() : null,
    roles: page.roles,
    subscribedApps: page.installs.map((install) => ({
      appId: install.appId,
      fields: install.fields,
      takeoverAllowed: takeoverAllowed(page, install.appId),
      failingSince: install.failingSince ? new Date(install.failingSince).toISOString() : null,
    })),
    apps: appsView(sim, page),
    routing: routingView(sim, page),
    metaAi: page.metaAi ?? false,
    profileAccess: page.profileAccess ?? true,
    instagramAccess: page.instagramAccess ?? true,
    ...(page.instagram && { instagramId: page.instagram.id, instagramUsername: page.instagram.username }),
    customers: own
      .filter((customer) => customer.platform === "messenger")
      .map((customer) => customerView(sim, page, customer)),
    ...(page.instagram && {
      instagramCustomers: own
        .filter((customer) => customer.platform === "instagram")
        .map((customer) => customerView(sim, page, customer)),
    }),
  };
}

function isSystem(sim: Sim, userId: string): boolean {
  return sim.store.state.users.some((user) => user.id === userId && user.kind === "system_user");
}

function describe(sim: Sim) {
  const { state } = sim.store;
  return {
    world: state.world,
    url: sim.baseUrl(),
    apps: state.apps.map((app) => ({
      id: app.id,
      secret: app.secret,
      name: app.name,
      appAccessToken: `${app.id}|${app.secret}`,
      subscriptions: app.subscriptions.map(({ object, callbackUrl, fields, active }) => ({
        object,
        callbackUrl,
        fields,
        active,
      })),
    })),
    users: state.users.map((user) => {
      const token = newestToken(state, (candidate) => candidate.kind !== "page" && candidate.userId === user.id);
      return {
        id: user.id,
        name: user.name,
        kind: user.kind,
        email: user.email,
        password: user.password,
        accessToken: token?.value ?? null,
        tokenState: token ? (token.dead ? "dead" : "valid") : "none",
        pages: state.pages.filter((page) => page.roles[user.id]).map((page) => page.id),
      };
    }),
    pages: state.pages.map((page) => pageView(sim, page)),
    alerts: state.alerts.map((alert) => ({ ...alert, at: new Date(alert.at).toISOString() })),
    faults: state.faults,
    webhooks: { pending: sim.sender.pending, ...sim.sender.log.totals },
  };
}
