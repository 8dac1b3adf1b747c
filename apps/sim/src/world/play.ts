import type { Sim } from "../sim.ts";
import type { Page } from "../store/types.ts";

export async function playHistory(
  _sim: Sim,
  page: Page,
  _force: boolean,
): Promise<{ pageId: string; played: boolean; messages: number; reason: string | null }> {
  return { pageId: page.id, played: false, messages: 0, reason: "not yet" };
}
