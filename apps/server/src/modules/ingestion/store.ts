import type { Pool } from "pg";

/**
 * Writes raw deliveries by group commit: whatever arrives while one insert is on its way goes out together with the next.
 * One commit then pays for many requests, and nobody waits longer than two of them.
 *
 * All bodies of a group travel as one binary parameter, each with its headers behind it, and are cut apart by the database:
 * arrays of bytea would be sent as hexadecimal text, which costs more than everything else together.
 */
export interface DeliveryStore {
  /**
   * Resolves once the bytes are durable. `headers` is kept beside them: one `name: value` a line, Latin-1 as HTTP has it.
   * @throws when they are not durable; then nothing was promised to Meta.
   */
  add(body: Buffer, headers: string): Promise<void>;
}

const INSERT = {
  name: "delivery-insert",
  text: `with stored as (
    insert into delivery (body, headers) select substring($1::bytea from o for l), convert_from(substring($1::bytea from o + l for h), 'LATIN1')
    from unnest($2::int[], $3::int[], $4::int[]) as t(o, l, h)
  ) select pg_notify('firstline_delivery', '')`,
};
const LARGEST_GROUP = 2_000;
const LARGEST_GROUP_BYTES = 8_000_000;
/** More waiting than this means the database does not keep up: better 503, which Meta repeats, than memory without end. */
const LONGEST_QUEUE = 20_000;

interface Arrived {
  body: Buffer;
  headers: string;
}
interface Waiting extends Arrived {
  resolve: () => void;
  reject: (error: Error) => void;
}

export function createDeliveryStore(pool: Pool): DeliveryStore {
  let waiting: Waiting[] = [];
  let writing = false;

  async function write(): Promise<void> {
    writing = true;
    while (waiting.length > 0) {
      const group = takeGroup();
      try {
        await insert(pool, group);
        for (const w of group) w.resolve();
      } catch (error) {
        for (const w of group) w.reject(error as Error);
      }
    }
    writing = false;
  }

  /**
   * After the current turn of the event loop, so that everything read from the sockets in it goes out together. One writer: a
   * second beside it made the groups smaller and the whole slower (`npm run bench -- acknowledge`).
   */
  let planned = false;
  function plan(): void {
    if (planned || writing) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      if (waiting.length > 0 && !writing) void write();
    });
  }

  function takeGroup(): Waiting[] {
    let bytes = 0;
    let n = 0;
    while (
      n < waiting.length &&
      n < LARGEST_GROUP &&
      (n === 0 || bytes + waiting[n]!.body.length <= LARGEST_GROUP_BYTES)
    )
      bytes += waiting[n++]!.body.length;
    const group = waiting.slice(0, n);
    waiting = waiting.slice(n);
    return group;
  }

  return {
    add(body, headers) {
      if (waiting.length >= LONGEST_QUEUE) return Promise.reject(new Error("too many deliveries wait to be stored"));
      return new Promise<void>((resolve, reject) => {
        waiting.push({ body, headers, resolve, reject });
        plan();
      });
    },
  };
}

async function insert(pool: Pool, group: Arrived[]): Promise<void> {
  const parts: Buffer[] = [];
  const offsets: number[] = [];
  const lengths: number[] = [];
  const headerLengths: number[] = [];
  let at = 1;
  for (const { body, headers } of group) {
    parts.push(body, Buffer.from(headers, "latin1"));
    offsets.push(at);
    lengths.push(body.length);
    headerLengths.push(headers.length);
    at += body.length + headers.length;
  }
  const values = [
    Buffer.concat(parts, at - 1),
    `{${offsets.join(",")}}`,
    `{${lengths.join(",")}}`,
    `{${headerLengths.join(",")}}`,
  ];
  await pool.query({ ...INSERT, values });
}
