import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { deathOf } from "../graph/token-death.ts";
import { ownAppId, takeoverAllowed } from "../routing/apps.ts";
import type { Sim } from "../sim.ts";
import { avatarUrl } from "../store/media-url.ts";
import { isSystemUser, newestToken } from "../store/tokens.ts";
import type { Customer, MetaApp, Page, Token, User } from "../store/types.ts";
import { defaultFaults, emptyWorld } from "../world/empty.ts";
import { looseAccounts } from "../world/instagram-account.ts";
import { sampleWorld } from "../world/sample.ts";
import { twoFactorCode } from "../world/standing.ts";
import { settingsView } from "./app-settings.ts";
import { parseBody } from "./body.ts";
import { instagramView, standingOf } from "./page-settings.ts";
import { appsView, controlView, routingView } from "./routing-view.ts";
import { templateView } from "./templates.ts";
import { ownAppState } from "./users.ts";

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
        const before = old.apps.find((other) => other.id === one.id);
        one.subscriptions = before?.subscriptions ?? [];
        if (before?.deauthorizeUrl) one.deauthorizeUrl = before.deauthorizeUrl;
        if (before?.dataDeletionUrl) one.dataDeletionUrl = before.dataDeletionUrl;
      });
      for (const page of fresh.pages) page.installs = old.pages.find((other) => other.id === page.id)?.installs ?? [];
    }
    fresh.faults = defaultFaults();
    sim.store.replace(fresh);
    sim.sender.log.clear();
    sim.calls.clear();
    sim.callbacks.clear();
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
  const lives = (candidate: Token) => deathOf(sim, candidate) === null;
  const token = newestToken(
    state,
    (candidate) => candidate.kind === "page" && candidate.pageId === page.id && !isSystemUser(state, candidate.userId),
    lives,
  );
  const own = state.customers.filter((customer) => customer.pageId === page.id);
  return {
    id: page.id,
    name: page.name,
    category: page.category,
    avatar: avatarUrl(sim, page.id),
    accessToken: token?.value ?? null,
    tokenState: tokenState(sim, token),
    tokens: state.users.flatMap((user) => {
      const one = newestToken(
        state,
        (candidate) => candidate.kind === "page" && candidate.pageId === page.id && candidate.userId === user.id,
        lives,
      );
      const { id: userId, name: userName, kind } = user;
      return one ? [{ userId, userName, kind, accessToken: one.value, valid: lives(one) }] : [];
    }),
    restricted: page.restricted,
    restrictedAs: page.restricted ? (page.restrictedAs ?? 1893063) : null,
    adWindow: page.adWindow ?? false,
    severalImages: page.severalImages ?? true,
    templates: (page.templates ?? []).map(templateView),
    isPublished: page.isPublished,
    standing: standingOf(page),
    twoFactorRequired: page.twoFactorRequired ?? false,
    ownApp: ownAppState(sim, page),
    madeFor: page.madeFor ?? null,
    instagram: instagramView(page),
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

function tokenState(sim: Sim, token: Token | undefined): "valid" | "dead" | "none" {
  if (!token) return "none";
  return deathOf(sim, token) ? "dead" : "valid";
}

function userView(sim: Sim, user: User) {
  const { state } = sim.store;
  const token = newestToken(
    state,
    (candidate) => candidate.kind !== "page" && candidate.userId === user.id,
    (candidate) => deathOf(sim, candidate) === null,
  );
  const death = token && deathOf(sim, token);
  const granted = user.grants[ownAppId(sim)];
  return {
    id: user.id,
    name: user.name,
    kind: user.kind,
    email: user.email,
    password: user.password,
    accessToken: token?.value ?? null,
    tokenState: tokenState(sim, token),
    tokenError: death ? { code: 190, subcode: death.subcode ?? null, message: death.message } : null,
    twoFactor: user.twoFactor ?? false,
    twoFactorCode: user.kind === "person" ? twoFactorCode(user) : null,
    checkpoint: user.checkpoint ?? null,
    unconfirmed: user.unconfirmed ?? false,
    deactivated: user.deactivated ?? false,
    integration: user.integrationOf !== undefined,
    granted: granted
      ? {
          scopes: granted.scopes,
          declined: granted.declined ?? [],
          pageIds: granted.allPages ? "all" : granted.pageIds,
          instagramIds: granted.instagramIds ?? "all",
        }
      : null,
    deletions: (user.deletions ?? []).map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
    pages: state.pages.filter((page) => !page.deleted && page.roles[user.id]).map((page) => page.id),
  };
}

/** Since when the callback of a subscription fails, on any Page, and how it last did. */
function failureView(sim: Sim, app: MetaApp, object: string) {
  const since = sim.store.state.pages
    .flatMap((page) => page.installs)
    .filter((install) => install.appId === app.id && install.failingSince !== null)
    .map((install) => install.failingSince ?? 0);
  const last = sim.sender.log
    .latest(200)
    .find((record) => record.appId === app.id && record.object === object && record.attempts.length > 0)
    ?.attempts.at(-1);
  if (since.length === 0 || !last || last.status === 200) return null;
  const { at, status, error } = last;
  return { since: new Date(Math.min(...since)).toISOString(), at, status, error };
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
        failing: failureView(sim, app, object),
      })),
      ...settingsView(app),
    })),
    users: state.users.map((user) => userView(sim, user)),
    pages: state.pages.map((page) => pageView(sim, page)),
    unlinkedInstagram: looseAccounts(sim).map(({ id, username }) => ({ id, username })),
    alerts: state.alerts.map((alert) => ({ ...alert, at: new Date(alert.at).toISOString() })),
    faults: state.faults,
    webhooks: { pending: sim.sender.pending, ...sim.sender.log.totals },
  };
}
