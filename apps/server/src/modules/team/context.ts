import type { DependentChannel } from "@firstline/contracts";
import type { Deps } from "../../deps.ts";
import type { Auth } from "../../platform/auth/index.ts";
import type { Q } from "../../platform/db/pool.ts";
import { ApiError, type Words } from "../../platform/http/problems.ts";
import type { ActorCache } from "./actor-cache.ts";

/** What the parts of this module share. */
export interface Team {
  deps: Deps;
  auth: Auth;
  cache: ActorCache;
  /** What each says would break when the member leaves. */
  leaving: LeavingGuard[];
}

/** Names the channels that live on what this member gave and nobody else. */
export type LeavingGuard = (q: Q, workspaceId: string, memberId: string) => Promise<DependentChannel[]>;

export const conflict = (detail: string | Words) => new ApiError(409, "conflict", detail);

/** The name a workspace has until somebody names it. */
export const UNNAMED_WORKSPACE = "Default";

/** Transactions that found workspaces and owners run one after another: any fixed number serves as the lock's name. */
export const FOUNDING_LOCK = 7_105_133;
