import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import { createAuth, mountAuth } from "../../platform/auth/index.ts";
import type { Authenticate } from "../../platform/http/actor.ts";
import type { App } from "../../platform/http/server.ts";
import { createActorCache } from "./actor-cache.ts";
import { apiKeyRoutes } from "./api-keys.ts";
import { createAuthenticate, credentialOf } from "./authenticate.ts";
import { bootstrap } from "./bootstrap.ts";
import type { LeavingGuard, Team } from "./context.ts";
import { invitationRoutes } from "./invitations.ts";
import { joinRoutes } from "./join.ts";
import { memberExists, namesOf } from "./member-rows.ts";
import { memberRoutes } from "./members.ts";
import { setupRoutes } from "./setup.ts";
import { defineSweep } from "./sweep.ts";
import { type Signals, signalsOf, workspaceRoutes } from "./workspace.ts";

/** Members, roles, invitations, API keys, and who makes a request. */
export interface TeamModule {
  /** Finds the actor of a request. An ended session, role or key is noticed at once here, after seconds in other processes. */
  authenticate: Authenticate;
  routes(app: App): ModuleLife;
  members: {
    /** Names by member id, deactivated members included; unknown ids are left out. */
    names(workspaceId: string, ids: readonly string[]): Promise<Map<string, string>>;
    /** Whether work may be given to this member: of this workspace and not deactivated. */
    exists(workspaceId: string, memberId: string): Promise<boolean>;
    /** Asked before a member is deactivated: what depends on them is named first. */
    beforeLeaving(guard: LeavingGuard): void;
  };
  /** What customers are shown of the team at work. @throws ApiError 404 */
  signals(workspaceId: string): Promise<Signals>;
  /** Makes the workspace and key of the environment; done by {@link registerTeam}, harmless to repeat. */
  bootstrap(): Promise<void>;
}

export interface TeamOptions {
  /** Refuses too many sign-ins from one address. Only tests that sign in all the time leave it out. */
  rateLimit?: boolean;
}

/** @throws when the database does not answer: the environment's workspace and key are made here. */
export async function registerTeam(deps: Deps, options: TeamOptions = {}): Promise<TeamModule> {
  const auth = createAuth({
    db: deps.db,
    log: deps.log,
    publicUrl: deps.config.publicUrl,
    secret: deps.vault.derive("sessions").toString("base64"),
    rateLimit: options.rateLimit ?? true,
    maySignIn: async (userId) => {
      const query = deps.db
        .selectFrom("member")
        .select("id")
        .where("user_id", "=", userId)
        .where("deactivated_at", "is", null);
      return (await query.executeTakeFirst()) !== undefined;
    },
  });
  const cache = createActorCache();
  const team: Team = { deps, auth, cache, leaving: [] };
  await bootstrap(team);
  return {
    authenticate: createAuthenticate(deps, auth, cache),
    routes(app) {
      mountAuth(app, auth, {
        publicUrl: deps.config.publicUrl,
        onChange(path, headers) {
          if (path.startsWith("/sign-in")) return;
          if (path === "/sign-out") return cache.forget(credentialOf(headers) ?? "");
          // How many sessions ended (a new password may end all others) only better-auth knows.
          cache.forgetAll();
        },
      });
      setupRoutes(app, team);
      memberRoutes(app, team);
      invitationRoutes(app, team);
      joinRoutes(app, team);
      apiKeyRoutes(app, team);
      workspaceRoutes(app, team);
      defineSweep(deps);
      return {};
    },
    members: {
      names: (workspaceId, ids) => namesOf(deps.db, workspaceId, ids),
      exists: (workspaceId, memberId) => memberExists(deps.db, workspaceId, memberId),
      beforeLeaving: (guard) => void team.leaving.push(guard),
    },
    signals: (workspaceId) => signalsOf(deps, workspaceId),
    bootstrap: () => bootstrap(team),
  };
}
