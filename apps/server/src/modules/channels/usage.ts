import type { GraphUsage } from "../../platform/graph/client.ts";

/** What Meta told of a limit this long ago says nothing of now: its figures are of a rolling hour. */
const FRESH_MS = 60 * 60_000;

/** How much of Meta's limits each channel used at its newest answer that told so, in this process. */
export function createUsageNotes(clock: () => number) {
  const notes = new Map<string, GraphUsage & { at: number }>();
  return {
    note(channelId: string, usage: GraphUsage | null): void {
      if (usage) notes.set(channelId, { ...usage, at: clock() });
    },
    /** Null: nothing told within the hour. */
    of(channelId: string): (GraphUsage & { at: number }) | null {
      const note = notes.get(channelId);
      if (note && clock() - note.at > FRESH_MS) notes.delete(channelId);
      return notes.get(channelId) ?? null;
    },
    /** The highest percentage of all channels; 0: none told. */
    highest: (): number =>
      Math.max(0, ...[...notes.values()].filter((n) => clock() - n.at <= FRESH_MS).map((n) => n.percent)),
  };
}
