import type { Sim } from "../../sim.ts";
import type { CallFault } from "../../store/types.ts";
import type { Call } from "../call.ts";
import { GraphError, graphError } from "../error.ts";
import { textFor } from "../ready-errors.ts";

/** The connection is to be broken, or never answered: thrown through the handlers, acted upon by the HTTP layer. */
export class NoAnswer extends Error {
  readonly how: "cut" | "hang";

  constructor(how: "cut" | "hang") {
    super(how);
    this.how = how;
  }
}

export class RawAnswer extends Error {
  readonly status: number;
  readonly html: string;

  constructor(status: number, html: string) {
    super("raw answer");
    this.status = status;
    this.html = html;
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

/** What a fault does before the message is accepted. */
export function failBefore(fault: CallFault): void {
  if (fault.cut === "before") throw new NoAnswer("cut");
  if (fault.hang === "before") throw new NoAnswer("hang");
  if (fault.html !== undefined) throw new RawAnswer(fault.status ?? 502, fault.html);
  if (fault.code === undefined) return;
  const { init } = graphError(fault.code, fault.subcode, fault.message ?? textFor(fault.code, fault.subcode));
  throw new GraphError({
    ...init,
    ...(fault.isTransient !== undefined && { isTransient: fault.isTransient }),
    ...(fault.status !== undefined && { status: fault.status }),
  });
}

/** What a fault does once the message is on its way to the customer. */
export function failAfter(fault: CallFault | null): void {
  if (fault?.cut === "after") throw new NoAnswer("cut");
  if (fault?.hang === "after") throw new NoAnswer("hang");
}
