import type { Trace, TraceQuery } from "@firstline/contracts";
import {
  DAY_MS,
  decideTrace,
  decideVerdict,
  HOUR_MS,
  needsComparison,
  type TracedComparison,
  type TracedDelivery,
  type TraceFacts,
} from "@firstline/core";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { ApiError, type Locale } from "../../platform/http/problems.ts";
import type { ChannelsModule } from "../channels/index.ts";
import type { IngestionModule, NamingDelivery, Traffic } from "../ingestion/index.ts";
import { gatherFacts } from "./gather.ts";
import { type KeptTrace, readKept, type TraceSubject } from "./trace-kept.ts";

export interface TraceModules {
  channels: ChannelsModule;
  ingestion: Pick<IngestionModule, "reconcile" | "evidence">;
}

/** A trace with what it was made of, for the export. */
export interface TraceRun {
  trace: Trace;
  kept: KeptTrace;
  deliveries: NamingDelivery[];
}

const LONGEST_DAYS = 31;
/** Meta repeats a delivery for an hour before it gives up ("Webhooks", read 2026-11). */
const REPEATED_FOR_MS = HOUR_MS;
/** Somebody waits for the answer; a comparison that takes longer goes on without being waited for. */
const LONGEST_WAIT_MS = 25_000;

/**
 * "The customer says he wrote" (R6). Looks at everything kept about the customer and the time; where that is not enough, asks
 * Meta for its own record and takes in what was missing; then decides. Works for a customer nobody here has ever heard of.
 * @throws ApiError 404 for a channel that does not exist, 422 for a time that is none or longer than 31 days.
 */
export async function traceMessage(
  deps: Deps,
  modules: TraceModules,
  workspaceId: string,
  query: z.infer<typeof TraceQuery>,
  locale: Locale,
): Promise<TraceRun> {
  const [from, to] = [new Date(query.from), new Date(query.to)];
  if (from >= to || to.getTime() - from.getTime() > LONGEST_DAYS * DAY_MS)
    throw new ApiError(422, "invalid_request", {
      en: `“from” must be before “to”, by at most ${LONGEST_DAYS} days.`,
      "zh-TW": `開始時間必須早於結束時間，且最多相差 ${LONGEST_DAYS} 天。`,
    });
  const subject: TraceSubject = {
    workspaceId,
    channelId: query.channelId,
    contactExternalId: query.contactExternalId,
    from,
    to,
  };
  const channel = await modules.channels.row(workspaceId, query.channelId);
  const now = deps.clock();

  const look = async (comparison: TracedComparison | null) => {
    const arrived = new Date(Math.min(to.getTime() + REPEATED_FOR_MS, now + HOUR_MS));
    const naming = { channelId: query.channelId, contactExternalId: query.contactExternalId, from, to: arrived };
    const [kept, deliveries, traffic] = await Promise.all([
      readKept(deps, subject),
      modules.ingestion.evidence.deliveriesNaming(deps.db, workspaceId, naming),
      modules.ingestion.evidence.trafficAround(deps.db, workspaceId, {
        ...naming,
        to: new Date(Math.min(to.getTime(), now)),
      }),
    ]);
    const facts = toFacts(deps, channel.platform, subject, now, kept, deliveries, traffic, comparison);
    return { kept, deliveries, facts };
  };

  let found = await look(null);
  if (channel.state !== "disconnected" && needsComparison(found.facts, found.kept.comparedTo))
    found = await look(await compare(deps, modules, subject));
  const reasoned = decideVerdict(found.facts) !== "shown";
  const facts: TraceFacts = {
    ...found.facts,
    channel: reasoned ? await gatherFacts(deps, modules.channels, workspaceId, query.channelId) : null,
    page: reasoned ? await readPage(deps, modules.channels, workspaceId, channel) : null,
  };
  const result = decideTrace(facts, locale);
  const { contact } = found.kept;
  const iso = (at: number) => new Date(at).toISOString();
  return {
    kept: found.kept,
    deliveries: found.deliveries,
    trace: {
      ...result,
      channelId: query.channelId,
      contact: contact && { ...contact, externalId: query.contactExternalId },
      from: iso(from.getTime()),
      to: iso(to.getTime()),
      tracedAt: iso(now),
      evidence: result.evidence.map((e) => ({ ...e, at: iso(e.at) })),
    },
  };
}

function toFacts(
  deps: Deps,
  platform: TraceFacts["platform"],
  { contactExternalId, from, to }: TraceSubject,
  now: number,
  kept: KeptTrace,
  deliveries: readonly NamingDelivery[],
  traffic: Traffic,
  comparison: TracedComparison | null,
): TraceFacts {
  const traced = deliveries.map(
    (d): TracedDelivery => ({
      id: d.id,
      receivedAt: d.receivedAt.getTime(),
      state: d.state,
      error: d.error,
      events: d.read.length,
      unreadable: d.read.filter((e) => !e.understood && e.contactExternalId === contactExternalId).length,
    }),
  );
  const ofOthers = Math.max(0, kept.unreadable - traced.reduce((n, d) => n + d.unreadable, 0));
  return {
    platform,
    from: from.getTime(),
    to: to.getTime(),
    now,
    person: { ...kept.person, known: kept.person.known || deliveries.length > 0 },
    messages: kept.messages,
    deliveries: traced,
    control: kept.control,
    lines: kept.lines,
    comparison,
    refusals: [...kept.refusals, ...(comparison?.fault ? [comparison.fault] : [])],
    traffic: {
      pause: traffic.pause && { from: traffic.pause.from.getTime(), ms: traffic.pause.ms },
      received: kept.received,
      duplicate: kept.duplicate,
      recovered: kept.recovered,
      strays: traffic.strays + ofOthers,
      waiting: traffic.waiting,
      people: kept.people,
      outages: kept.outages,
      keptSince: now - deps.config.deliveryRetentionDays * DAY_MS,
    },
    channel: null,
    page: null,
  };
}

/** Asks Meta for its record of this one customer, and has what is missing taken in. */
async function compare(deps: Deps, { ingestion }: TraceModules, s: TraceSubject): Promise<TracedComparison> {
  const running: TracedComparison = {
    state: "running",
    at: deps.clock(),
    examined: 0,
    recovered: 0,
    found: false,
    fault: null,
  };
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), LONGEST_WAIT_MS);
  });
  const work = ingestion.reconcile
    .start(s.workspaceId, s.channelId, "trace", { from: s.from, contactExternalId: s.contactExternalId })
    .catch((err: unknown) => {
      deps.log.error({ err, channelId: s.channelId }, "a comparison for a trace broke off");
      return null;
    });
  const run = await Promise.race([work, tired]);
  clearTimeout(timer);
  if (run === null) return running;
  return {
    state: run.state,
    at: deps.clock(),
    examined: run.examined,
    recovered: run.recovered,
    found: run.conversations > 0,
    fault: run.fault,
  };
}

const PageNode = z.looseObject({
  is_published: z.boolean().optional(),
  instagram_business_account: z.looseObject({ id: z.coerce.string() }).optional(),
});

/** Whether people can write to the Page at all, and whether it still names the Instagram account. Null: not readable. */
async function readPage(
  deps: Deps,
  channels: ChannelsModule,
  workspaceId: string,
  channel: { id: string; platform: TraceFacts["platform"]; page_id: string; external_id: string; state: string },
): Promise<TraceFacts["page"]> {
  if (channel.state === "disconnected") return null;
  const answer = await channels
    .call(workspaceId, channel.id, {
      method: "GET",
      path: `/${channel.page_id}`,
      query: { fields: "is_published,instagram_business_account" },
    })
    .catch((err: unknown) => {
      deps.log.debug({ err }, "the Page could not be read");
      return null;
    });
  if (!answer || answer.kind === "no_answer" || answer.error) return null;
  const read = PageNode.safeParse(answer.body);
  if (!read.success) return null;
  const { is_published: published, instagram_business_account: linked } = read.data;
  return {
    published: published ?? null,
    instagramLinked: channel.platform === "instagram" ? linked?.id === channel.external_id : null,
  };
}
