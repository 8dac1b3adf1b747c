import { randomBytes } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { configurationsOf } from "../oauth/configurations.ts";
import type { Sim } from "../sim.ts";
import { numericId } from "../store/ids.ts";
import { ALL_SCOPES } from "../store/tokens.ts";
import type { MetaApp } from "../store/types.ts";
import { changedWorld } from "../world/standing.ts";
import { ControlError, parseBody } from "./body.ts";

type OfApp = { Params: { id: string } };

/** The dashboard of an app: its callbacks, redirect addresses, login configurations and secret. */
export function appSettingsRoutes(app: FastifyInstance, sim: Sim): void {
  const find = (id: string): MetaApp => {
    const found = sim.store.state.apps.find((one) => one.id === id);
    if (!found) throw new ControlError(404, `There is no app ${id}.`);
    return found;
  };
  const address = z.url({ protocol: /^https?$/ }).nullable();
  const Settings = z.strictObject({
    deauthorizeUrl: address.optional(),
    dataDeletionUrl: address.optional(),
    redirectUris: z.array(z.url()).nullable().optional(),
  });
  app.patch<OfApp>("/_sim/apps/:id", async (request) => {
    const one = find(request.params.id);
    const changes = parseBody(Settings, request);
    for (const name of ["deauthorizeUrl", "dataDeletionUrl"] as const) {
      const value = changes[name];
      if (value === null) delete one[name];
      else if (value !== undefined) one[name] = value;
    }
    if (changes.redirectUris === null) delete one.redirectUris;
    else if (changes.redirectUris) one.redirectUris = changes.redirectUris;
    changedWorld(sim);
    return { id: one.id, ...settingsView(one) };
  });
  /** A new secret: app tokens and proofs made with the old one are worthless, webhooks are signed with the new one. */
  const Secret = z.strictObject({ secret: z.string().min(8).optional(), restore: z.boolean().optional() });
  app.post<OfApp>("/_sim/apps/:id/secret", async (request) => {
    const one = find(request.params.id);
    const { secret, restore } = parseBody(Secret, request);
    const former = one.formerSecret;
    if (restore) {
      one.secret = former ?? one.secret;
      delete one.formerSecret;
    } else {
      one.formerSecret = former ?? one.secret;
      one.secret = secret ?? randomBytes(16).toString("hex");
    }
    changedWorld(sim);
    return { id: one.id, secret: one.secret };
  });
  const Configuration = z.strictObject({
    id: z
      .string()
      .regex(/^\d{5,20}$/)
      .optional(),
    name: z.string().min(1).default("Configuration"),
    tokenType: z.enum(["user", "system_user"]).default("user"),
    expires: z.enum(["never", "60_days"]).default("never"),
    permissions: z.array(z.string()).default(ALL_SCOPES),
  });
  app.post<OfApp>("/_sim/apps/:id/configurations", async (request, reply) => {
    const one = find(request.params.id);
    const body = parseBody(Configuration, request);
    const made = { ...body, id: body.id ?? `15190${numericId(11)}` };
    one.configurations = [...(one.configurations ?? []).filter(({ id }) => id !== made.id), made];
    changedWorld(sim);
    return await reply.code(201).send(made);
  });
}

/** What `GET /_sim/state` tells of an app's settings. */
export function settingsView(app: MetaApp) {
  return {
    deauthorizeUrl: app.deauthorizeUrl ?? null,
    dataDeletionUrl: app.dataDeletionUrl ?? null,
    redirectUris: app.redirectUris ?? null,
    configurations: configurationsOf(app),
  };
}
