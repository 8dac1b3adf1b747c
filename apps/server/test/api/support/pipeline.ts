import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface SignedBody {
  body: Buffer;
  signature: string;
}

const STATUS = "HTTP/1.1 ";

/**
 * Posts bodies to `/webhooks/meta` over kept-open connections, many under way on each (HTTP pipelining), so that a hundred
 * thousand cost the server's work and little else. Gives the status of each, in the order of `next`.
 * @param next the next body, null after the last.
 */
export async function postPipelined(
  url: string,
  next: () => SignedBody | null,
  { connections = 8, depth = 48 } = {},
): Promise<number[]> {
  const statuses: number[] = [];
  let started = 0;
  const line = async () => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1").setNoDelay();
    await once(socket, "connect");
    const waiting: number[] = [];
    let done = false;
    const fill = () => {
      socket.cork();
      while (!done && waiting.length < depth) {
        const one = next();
        done = one === null;
        if (one === null) break;
        waiting.push(started++);
        write(socket, one);
      }
      socket.uncork();
      if (done && waiting.length === 0) socket.end();
    };
    let tail = "";
    socket.on("data", (chunk: Buffer) => {
      const text = tail + chunk.toString("latin1");
      let at = text.indexOf(STATUS);
      let read = 0;
      while (at >= 0 && at + STATUS.length + 3 <= text.length) {
        read = at + STATUS.length + 3;
        statuses[waiting.shift()!] = Number(text.slice(at + STATUS.length, read));
        at = text.indexOf(STATUS, read);
      }
      tail = text.slice(Math.max(read, text.length - STATUS.length - 3));
      fill();
    });
    const closed = once(socket, "close");
    fill();
    await closed;
    if (!done || waiting.length > 0) throw new Error(`the server closed a connection on ${waiting.length} requests`);
  };
  await Promise.all(Array.from({ length: connections }, line));
  return statuses;
}

function write(socket: Socket, { body, signature }: SignedBody): void {
  socket.write(
    `POST /webhooks/meta HTTP/1.1\r\nhost: t\r\ncontent-type: application/json\r\nx-hub-signature-256: ${signature}\r\ncontent-length: ${body.length}\r\n\r\n`,
  );
  socket.write(body);
}
