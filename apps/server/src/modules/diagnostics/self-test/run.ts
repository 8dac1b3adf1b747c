import { type ChannelFacts, judgeStep, SELF_TEST_STEPS, type SelfTestFacts, type SelfTestStep } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import type { ChannelRow, ChannelsModule, SelfTestJob } from "../../channels/index.ts";
import { knownFacts, pageFields, readAppFields } from "../gather.ts";
import { webhookFacts } from "../installation-facts.ts";
import { routingFacts } from "../kept-facts.ts";
import { readInstagram, readPage } from "../page-facts.ts";
import { tryLoop } from "./loop.ts";
import { tryRecord } from "./record.ts";
import type { StoredStep } from "./stored.ts";

interface Gathered {
  facts: ChannelFacts;
  own: SelfTestFacts;
}

/**
 * Makes a self-test that was asked for, step by step; each is written when it is known. Whoever takes it up after a process died
 * begins again at the first step. One that was thrown away meanwhile, or is done, is left alone.
 */
export async function runSelfTest(
  deps: Deps,
  channels: ChannelsModule,
  { workspaceId, channelId, id }: SelfTestJob,
): Promise<void> {
  const row = await channels.row(workspaceId, channelId);
  const facts = await knownFacts(deps, channels, workspaceId, channelId);
  const got: Gathered = { facts, own: { loop: null, record: null, lastTakenAt: facts.app.takenAt } };
  const steps: StoredStep[] = [];
  for (const step of SELF_TEST_STEPS) {
    try {
      await gather[step](deps, channels, { workspaceId, row }, got);
    } catch (err) {
      // One step that breaks is a step that could not be made; the others are told all the same.
      deps.log.warn({ err, channelId, step }, "a step of a self-test broke");
    }
    steps.push(judged(step, got, deps.clock()));
    if (!(await keep(deps, { workspaceId, id }, steps, step === SELF_TEST_STEPS.at(-1)))) return;
  }
  const worst = (["fail", "warn"] as const).find((status) => steps.some((s) => s.status === status));
  deps.metrics.selfTests.inc({ result: worst ?? "ok" });
}

interface Tested {
  workspaceId: string;
  row: ChannelRow;
}
type Gather = (deps: Deps, channels: ChannelsModule, tested: Tested, got: Gathered) => Promise<void>;

const gather: Readonly<Record<SelfTestStep, Gather>> = {
  async token(_deps, channels, { workspaceId, row }, got) {
    got.facts = { ...got.facts, token: await channels.checkTokens(workspaceId, row.id) };
    // What the check found may have moved the channel.
    const { state, state_fault } = await channels.row(workspaceId, row.id);
    got.facts = { ...got.facts, state, stateFault: state_fault };
  },
  async identity(_deps, channels, { workspaceId, row }, got) {
    const page = await readPage(channels, workspaceId, row);
    got.facts = { ...got.facts, page: page.page, instagram: await readInstagram(channels, workspaceId, row, page) };
  },
  // Both came with the access.
  async permissions() {},
  async app_fields(deps, _channels, { row }, got) {
    got.facts = { ...got.facts, ...(await readAppFields(deps, row.platform)) };
  },
  async page_fields(deps, channels, { workspaceId, row }, got) {
    const survey = await channels.survey(workspaceId, row.id);
    got.facts = {
      ...got.facts,
      ...pageFields(deps, row.platform, got.facts.token, survey),
      routing: await routingFacts(deps, channels, workspaceId, row.id, survey),
    };
  },
  async callback(deps, _channels, _tested, got) {
    got.own.loop = await tryLoop(deps);
    got.facts = { ...got.facts, webhook: await webhookFacts(deps) };
  },
  // Both came with the Page's fields.
  async routing() {},
  async other_apps() {},
  async round_trip(deps, channels, { workspaceId, row }, got) {
    got.own.record = await tryRecord(deps, channels, workspaceId, row);
  },
};

function judged(step: SelfTestStep, { facts, own }: Gathered, now: number): StoredStep {
  const en = judgeStep(step, facts, own, now, "en");
  const zhTW = judgeStep(step, facts, own, now, "zh-TW");
  return {
    code: step,
    status: en.status,
    at: new Date(now).toISOString(),
    owner: en.owner,
    words: {
      en: { evidence: en.evidence, fix: en.fix },
      "zh-TW": { evidence: zhTW.evidence, fix: zhTW.fix },
    },
  };
}

/** Gives whether the test is still wanted. */
async function keep(
  deps: Pick<Deps, "db" | "clock">,
  { workspaceId, id }: { workspaceId: string; id: string },
  steps: readonly StoredStep[],
  done: boolean,
): Promise<boolean> {
  const { rows } = await sql`
    update self_test set steps = ${JSON.stringify(steps)}::jsonb, finished_at = ${done ? new Date(deps.clock()) : null}
    where workspace_id = ${workspaceId} and id = ${id} and finished_at is null returning id`.execute(deps.db);
  return rows.length > 0;
}
