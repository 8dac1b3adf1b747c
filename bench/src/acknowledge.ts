import { type Load, load, type Stage } from "./stage.ts";

const ROUNDS = 3;
const SECONDS = 8;

export interface Row {
  what: string;
  measured: string;
  target: string;
  reached: boolean;
}

/** Row 1 of the design's table: stored durably and acknowledged, beside a server that checks the HMAC and discards, in turns. */
export async function acknowledge(stage: Stage, say: (s: string) => void): Promise<Row[]> {
  const bare = await stage.bare();
  const ours = await stage.server("web");
  const rounds: { bare: Load; ours: Load }[] = [];
  await load(bare.url, { connections: 64, seconds: 2, run: "warm-bare" });
  await load(ours.url, { connections: 64, seconds: 2, run: "warm-ours" });
  for (let n = 0; n < ROUNDS; n++) {
    const round = {
      bare: await load(bare.url, { connections: 64, seconds: SECONDS, run: `bare${n}` }),
      ours: await load(ours.url, { connections: 64, seconds: SECONDS, run: `ours${n}` }),
    };
    say(
      `  round ${n + 1}: bare ${round.bare.perSecond.toFixed(0)}/s p99 ${round.bare.p99.toFixed(1)} ms · stored ${round.ours.perSecond.toFixed(0)}/s p99 ${round.ours.p99.toFixed(1)} ms`,
    );
    rounds.push(round);
  }
  await bare.service.stop();
  await ours.service.stop();
  const median = (f: (r: (typeof rounds)[number]) => number) =>
    rounds.map(f).sort((a, b) => a - b)[Math.floor(rounds.length / 2)]!;
  const speed = median((r) => r.ours.perSecond / r.bare.perSecond);
  const tail = median((r) => r.ours.p99 / r.bare.p99);
  const refused = rounds.reduce((n, r) => n + r.ours.refused, 0);
  return [
    {
      what: "webhook stored durably and acknowledged, 64 connections",
      measured: `${speed.toFixed(2)} × bare (${median((r) => r.ours.perSecond).toFixed(0)} vs ${median((r) => r.bare.perSecond).toFixed(0)} req/s, ${refused} refused)`,
      target: "≥ 0.8 ×",
      reached: speed >= 0.8 && refused === 0,
    },
    {
      what: "its p99 under that load",
      measured: `${tail.toFixed(2)} × bare (${median((r) => r.ours.p99).toFixed(1)} vs ${median((r) => r.bare.p99).toFixed(1)} ms)`,
      target: "≤ 2 ×",
      reached: tail <= 2,
    },
  ];
}
