import { RealtimeEvent } from "@firstline/contracts";
import { until } from "./until.ts";

export interface Received {
  id: string | null;
  type: string;
  event: RealtimeEvent;
}

export interface Stream {
  status: number;
  headers: Headers;
  /** Everything received so far, in its order; each judged by the contract. */
  received: Received[];
  /** Cursor of the last event that had one. */
  last(): string | undefined;
  ready(): Promise<void>;
  /** Waits for an event of a type that the test recognises. */
  next<T extends RealtimeEvent["type"]>(
    type: T,
    matches?: (event: Extract<RealtimeEvent, { type: T }>) => boolean,
  ): Promise<Extract<RealtimeEvent, { type: T }>>;
  /** Resolves once the server has ended it. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** Reads `/api/v1/events` over real HTTP, as EventSource does. */
export async function openStream(base: string, headers: Record<string, string>, after?: string): Promise<Stream> {
  const abort = new AbortController();
  const response = await fetch(`${base}/api/v1/events`, {
    headers: { ...headers, ...(after ? { "last-event-id": after } : {}) },
    signal: abort.signal,
  });
  const received: Received[] = [];
  const read = async () => {
    let rest = "";
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split("\n\n");
      rest = blocks.pop()!;
      for (const block of blocks) {
        const fields = Object.fromEntries(
          block.split("\n").map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]),
        );
        if (!fields.data) continue;
        const event = RealtimeEvent.parse(JSON.parse(fields.data));
        if (event.type !== fields.event) throw new Error(`event: ${fields.event} carries ${event.type}`);
        received.push({ id: fields.id ?? null, type: event.type, event });
      }
    }
  };
  let failure: unknown;
  let over = false;
  const ended =
    response.status === 200
      ? read()
          .catch((error) => {
            if (!abort.signal.aborted) failure = error;
          })
          .finally(() => {
            over = true;
          })
      : Promise.resolve();
  const stream: Stream = {
    status: response.status,
    headers: response.headers,
    received,
    last: () => received.findLast((r) => r.id)?.id ?? undefined,
    ready: async () => {
      await stream.next("ready");
    },
    next: (type, matches = () => true) =>
      until(`event ${type}`, () => {
        if (failure) throw failure;
        const found = received.find((r) => r.type === type && matches(r.event as never));
        if (!found && over)
          throw new Error(`the server ended the stream after ${received.map((r) => r.type).join(", ")}`);
        return found?.event as never;
      }),
    ended,
    async close() {
      abort.abort();
      await ended;
    },
  };
  return stream;
}
