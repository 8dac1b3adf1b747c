import { setTimeout as sleep } from "node:timers/promises";
import { asciiJson } from "../../sender/ascii-json.ts";
import type { Sim } from "../../sim.ts";
import type { CallFault } from "../../store/types.ts";
import type { Call } from "../call.ts";
import { GraphError } from "../error.ts";
import { knownError } from "../known/index.ts";
import { limitHeaders } from "../limit-headers.ts";

/** The connection is to be broken, or never answered: thrown through the handlers, acted upon by the HTTP layer. */
export class NoAnswer extends Error {
  /** `during`: the head and half of `text` are written first. */
  readonly how: "cut" | "during" | "hang";
  readonly text: string;

  constructor(how: "cut" | "during" | "hang", text = "") {
    super(how);
    this.how = how;
    this.text = text;
  }
}

/** A body that Graph would not give: HTML of a proxy, nothing, half of a JSON. */
export class RawAnswer extends Error {
  readonly status: number;
  readonly contentType: string;
  readonly text: string;

  constructor(status: number, contentType: string, text: string) {
    super("raw answer");
    this.status = status;
    this.contentType = contentType;
    this.text = text;
  }
}

/** Takes the next fault that concerns this call, using it up. */
export function takeFault(
  sim: Sim,
  list: CallFault[],
  call: Call,
  who: { pageId?: string; recipientId?: string },
): CallFault | null {
  const index = list.findIndex(
    (fault) =>
      (!fault.pageId || fault.pageId === who.pageId) &&
      (!fault.recipientId || fault.recipientId === who.recipientId) &&
      (!fault.path || `/${call.segments.join("/")}`.includes(fault.path)),
  );
  const fault = list[index];
  if (!fault) return null;
  if ((fault.times ?? 1) <= 1) list.splice(index, 1);
  else fault.times = (fault.times ?? 1) - 1;
  sim.store.touch();
  return { ...fault };
}

/** What a fault does before the call is looked at. */
export async function failBefore(fault: CallFault | null, call: Call, pageId: string): Promise<void> {
  if (!fault) return;
  if (fault.slowBeforeMs) await holdUp(call.sim, fault.slowBeforeMs);
  if (fault.cut === "before") throw new NoAnswer("cut");
  if (fault.hang === "before") throw new NoAnswer("hang");
  if (!fault.accepted) strike(fault, null, call, pageId);
}

/** What a fault does once the call was carried out: a message is on its way to the customer by then. */
export async function failAfter(fault: CallFault | null, answer: unknown, call: Call, pageId: string): Promise<void> {
  if (!fault) return;
  if (fault.slowAfterMs) await holdUp(call.sim, fault.slowAfterMs);
  if (fault.cut === "after") throw new NoAnswer("cut");
  if (fault.cut === "during") throw new NoAnswer("during", asciiJson(answer));
  if (fault.hang === "after") throw new NoAnswer("hang");
  if (fault.accepted) strike(fault, answer, call, pageId);
}

/** For so long, or until all switches are back to normal. */
async function holdUp(sim: Sim, ms: number): Promise<void> {
  const { faults } = sim.store.state;
  const over = new AbortController();
  const off = sim.bus.on(() => {
    if (sim.store.state.faults !== faults) over.abort();
  });
  await sleep(ms, undefined, { signal: over.signal }).catch(() => {});
  off();
}

const JSON_TYPE = "application/json; charset=UTF-8";

function strike(fault: CallFault, answer: unknown, call: Call, pageId: string): void {
  const usual = fault.accepted ? 200 : 500;
  if (fault.html !== undefined) throw new RawAnswer(fault.status ?? 502, "text/html; charset=utf-8", fault.html);
  if (fault.empty) throw new RawAnswer(fault.status ?? usual, JSON_TYPE, "");
  if (fault.truncated) {
    const text = asciiJson(answer ?? errorOf({ code: 1, ...fault }, call, pageId).body());
    throw new RawAnswer(fault.status ?? usual, JSON_TYPE, text.slice(0, Math.ceil(text.length / 2)));
  }
  if (fault.code !== undefined) throw errorOf(fault, call, pageId);
}

/** The error of a fault: Meta's body for its numbers, with what the fault names instead. */
function errorOf(fault: CallFault, call: Call, pageId: string): GraphError {
  const code = fault.code ?? 1;
  const { isTransient, ...init } = knownError(code, fault.subcode || undefined).init;
  const transient = fault.isTransient === undefined ? isTransient : (fault.isTransient ?? undefined);
  const { message, type, userTitle, userMessage, status, regainMinutes, retryAfter } = fault;
  const platform = call.sim.store.customer(fault.recipientId ?? "")?.platform ?? "messenger";
  return new GraphError({
    ...init,
    ...(transient !== undefined && { isTransient: transient }),
    ...(message !== undefined && { message }),
    ...(type !== undefined && { type }),
    ...(userTitle !== undefined && { userTitle }),
    ...(userMessage !== undefined && { userMessage }),
    ...(status !== undefined && { status }),
    headers: limitHeaders({ code, pageId, platform, regainMinutes, retryAfter }),
  });
}
