import type { Channel } from "@firstline/contracts";
import { sql } from "kysely";
import type { GraphRequest, Platform, ThreadOwner } from "../../adapters/channel.ts";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import type { Q } from "../../platform/db/pool.ts";
import type { GraphAnswer, GraphUsage } from "../../platform/graph/client.ts";
import { type Locale, notFound } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { TeamModule } from "../team/index.ts";
import {
  type AuthorizedChannel,
  buryAuthorizer,
  channelFault,
  forgetPerson,
  liveAuthorizer,
  noteTokenless,
  removePerson,
} from "./authorizers.ts";
import { checkSamePerson, checkTokens, defineTokenChecks, type TokenFacts } from "./check-tokens.ts";
import { dependentChannels } from "./leaving.ts";
import { leavingRoutes } from "./leaving-routes.ts";
import { type ChannelRow, channelRows, presentChannel } from "./present.ts";
import { reauthorizeByLinkRoutes } from "./reauthorize/public-routes.ts";
import { reauthorizeRoutes } from "./reauthorize/routes.ts";
import { type RecordAnswer, readRecord } from "./record.ts";
import { channelRoutes } from "./routes.ts";
import { routingRoute } from "./routing.ts";
import { keepSubscribed, type SubscriptionState } from "./subscription.ts";
import { defineSurvey, noteDefaultApp, noteRouting, readOwner, type Survey, survey } from "./survey.ts";
import { createUsageNotes } from "./usage.ts";

export type { AuthorizedChannel } from "./authorizers.ts";
export { bestFirst } from "./best.ts";
export { noteDegraded } from "./degraded.ts";
export type { ChannelRow } from "./present.ts";
export type { RecordAnswer } from "./record.ts";
export { canSend, dueProbes, liftRestriction, probeAgain, restrict } from "./restriction.ts";
export { SELF_TEST_JOB, type SelfTestJob, type SelfTestReason, startSelfTest } from "./self-test.ts";
export { type SubscriptionState, wantedFields } from "./subscription.ts";
export type { Survey } from "./survey.ts";
export { templatesAllowed } from "./template-permission.ts";

export interface ChannelsModule extends ModuleLife {
  load(q: Q, workspaceId: string, ids: readonly string[] | undefined, locale: Locale): Promise<Channel[]>;
  /** @throws ApiError 404 */
  row(workspaceId: string, id: string): Promise<ChannelRow>;
  /**
   * Calls Meta with the channel's best token. A refusal that says the token is dead buries it and, while another authoriser
   * lives, the call is made again with that one: it was refused before anything happened. Null: no token is left.
   */
  call(
    workspaceId: string,
    channelId: string,
    request: GraphRequest,
    options?: { timeoutMs?: number },
  ): Promise<GraphAnswer | null>;
  /** A typing bubble or a read mark on the customer's side. Best effort: whatever comes of it, nobody waits and nothing fails. */
  signalCustomer(
    workspaceId: string,
    channelId: string,
    contactId: string,
    action: "typing_on" | "typing_off" | "mark_seen",
  ): void;
  /**
   * Asks Meta about every token of the channel: a dead one is buried, so that another takes over or the channel needs
   * reauthorisation; one that came back to life is used again. Gives what is known of the one in use.
   */
  checkTokens(workspaceId: string, channelId: string): Promise<TokenFacts | null>;
  /** Meta told that a person removed the app: what they authorised before `at` (ms) is not used any more. */
  personRemovedApp(externalUserId: string, at: number): Promise<void>;
  /** Forgets who a person was that had authorised channels, with their tokens. Gives those channels, of all workspaces. */
  forgetPerson(externalUserId: string): Promise<AuthorizedChannel[]>;
  /** One call to the Conversations API: it waits for the channel's turn, which all processes share, and heeds Meta's limits. */
  readRecord(workspaceId: string, channelId: string, request: GraphRequest): Promise<RecordAnswer>;
  /** How much of Meta's limits the channel used, as last told to this process; null: not told within the hour. */
  usage(channelId: string): (GraphUsage & { at: number }) | null;
  /** Looks whether Meta still delivers for the channel and mends it where not. */
  keepSubscribed(workspaceId: string, channelId: string): Promise<SubscriptionState>;
  /** Reads now which apps are on the Page and how it routes conversations. @throws ApiError 404 */
  survey(workspaceId: string, channelId: string): Promise<Survey>;
  /** Asks Meta who owns a thread; with routing on its answer also gives away the default app. Null: not told. */
  threadOwner(workspaceId: string, channelId: string, contactId: string): Promise<ThreadOwner | null>;
  /** Keeps what came of an attempt to take a conversation over: Meta tells the Page's switch in no other way. */
  noteTakeover(workspaceId: string, channelId: string, allowed: boolean): Promise<void>;
  /** Called after a channel that could not send can again. */
  onRevived(listener: (workspaceId: string, channelId: string) => Promise<void>): void;
}

/** Connected Pages and Instagram accounts: connecting, custody of tokens, state, removal. */
export function registerChannels(app: App, deps: Deps, team: TeamModule): ChannelsModule {
  const revived: ((workspaceId: string, channelId: string) => Promise<void>)[] = [];
  const tellRevived = async (workspaceId: string, channelId: string) => {
    for (const listener of revived) await listener(workspaceId, channelId);
  };

  const usage = createUsageNotes(deps.clock);
  Object.assign(deps.metrics.graphUsage, { collect: () => deps.metrics.graphUsage.set(usage.highest() / 100) });

  const module: ChannelsModule = {
    async load(q, workspaceId, ids, locale) {
      return (await channelRows(q, workspaceId, ids)).map((r) => presentChannel(r, locale));
    },
    async row(workspaceId, id) {
      const [row] = await channelRows(deps.db, workspaceId, [id]);
      if (!row) throw notFound("channel");
      return row;
    },
    async call(workspaceId, channelId, request, options) {
      for (;;) {
        const authorizer = await liveAuthorizer(deps, workspaceId, channelId);
        if (!authorizer) {
          await noteTokenless(deps, workspaceId, channelId);
          return null;
        }
        const answer = await deps.graph.call(request, authorizer.token, options);
        if (answer.kind === "answer") usage.note(channelId, answer.usage);
        if (answer.kind === "no_answer" || !answer.error) return answer;
        const about = channelFault(answer.error, answer.httpStatus);
        if (!about?.tokenDead) return answer;
        deps.log.warn(
          {
            channelId,
            fault: about.fault,
            code: answer.error.code,
            subcode: answer.error.subcode,
            traceId: answer.error.traceId,
          },
          "a token died",
        );
        const another = await buryAuthorizer(deps, workspaceId, channelId, authorizer.id, about.fault);
        await checkSamePerson(deps, authorizer.id, about.fault);
        if (!another) return answer;
      }
    },
    signalCustomer(workspaceId, channelId, contactId, action) {
      void (async () => {
        const { rows } = await sql<{
          platform: Platform;
          page_id: string;
        }>`select platform, page_id from channel where workspace_id = ${workspaceId} and id = ${channelId} and state in ('healthy', 'degraded')`.execute(
          deps.db,
        );
        if (rows[0])
          await module.call(
            workspaceId,
            channelId,
            adapterFor(rows[0].platform).buildSenderAction(rows[0].page_id, contactId, action),
            { timeoutMs: 5_000 },
          );
      })().catch((err) => deps.log.debug({ err }, "sender action"));
    },
    checkTokens: (workspaceId, channelId) => checkTokens(deps, workspaceId, channelId, tellRevived),
    personRemovedApp: (externalUserId, at) => removePerson(deps, externalUserId, at),
    forgetPerson: (externalUserId) => forgetPerson(deps, externalUserId),
    readRecord: (workspaceId, channelId, request) =>
      readRecord(deps, (r, o) => module.call(workspaceId, channelId, r, o), { workspaceId, channelId }, request),
    async keepSubscribed(workspaceId, channelId) {
      const { platform, page_id: pageId, state } = await module.row(workspaceId, channelId);
      if (state === "disconnected") return "unknown";
      return keepSubscribed(deps, (r) => module.call(workspaceId, channelId, r), {
        workspaceId,
        channelId,
        platform,
        pageId,
        scopes: (await liveAuthorizer(deps, workspaceId, channelId))?.scopes ?? [],
      });
    },
    survey: (workspaceId, channelId) => survey(deps, module, workspaceId, channelId),
    async threadOwner(workspaceId, channelId, contactId) {
      const owner = await readOwner(module, workspaceId, channelId, contactId);
      if (owner) await noteDefaultApp(deps, workspaceId, channelId, owner);
      return owner;
    },
    noteTakeover: (workspaceId, channelId, allowed) =>
      noteRouting(deps, workspaceId, channelId, { takeover: { allowed, at: deps.clock() } }),
    usage: usage.of,
    onRevived: (listener) => void revived.push(listener),
  };

  defineSurvey(deps, module);
  routingRoute(app, deps, module);
  defineTokenChecks(deps, module.checkTokens);
  channelRoutes(app, deps, module, tellRevived);
  reauthorizeRoutes(app, deps, module);
  reauthorizeByLinkRoutes(app, deps);
  leavingRoutes(app, deps, module);
  team.members.beforeLeaving(dependentChannels);
  return module;
}
