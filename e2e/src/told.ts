import type { Customer } from "./sim-control.ts";
import type { World } from "./world.ts";

/** What the app has told a customer's phone so far, besides messages: that somebody writes, that theirs was seen. */
export async function toldCustomer({ sim }: Pick<World, "sim">, customer: Customer): Promise<string[]> {
  const { data } = await sim.call<{ data: { path: string; body: unknown }[] }>("GET", "/graph-calls?limit=200");
  return data.flatMap((call) => {
    const text = JSON.stringify(call);
    if (!text.includes(customer.id)) return [];
    return /typing_on|typing_off|mark_seen/.exec(text)?.[0] ?? [];
  });
}
