import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { Agent, fetch } from "undici";

/**
 * The only way to an address that came from outside: a media link in a webhook, a member's push service, a workspace's webhook. Refuses private networks, so that a
 * forged or hostile link cannot make this server read its own neighbours; checks every redirect; stops at a size.
 */
export interface GuardedFetch {
  /** @throws Error with a plain reason; nothing of the body is kept then. */
  read(
    url: string,
    options: { maxBytes: number; timeoutMs?: number },
  ): Promise<{ bytes: Buffer; contentType: string | null }>;
  /**
   * Posts, follows no redirect and tells no more than the status: what the other side writes is not kept.
   * @param allowed origins that may be private or without TLS
   * @throws AddressRefused; other errors when nobody answers
   */
  post(
    url: string,
    options: {
      headers: Record<string, string>;
      body: Uint8Array | string | null;
      timeoutMs?: number;
      allowed?: readonly string[];
    },
  ): Promise<{ status: number }>;
}

/** An address that is not used, whatever is there. */
export class AddressRefused extends Error {
  readonly reason: "not_https" | "private" | "unknown";
  constructor(reason: AddressRefused["reason"]) {
    super(
      {
        not_https: "only https addresses are read",
        private: "the address points into a private network",
        unknown: "the address has no server",
      }[reason],
    );
    this.reason = reason;
  }
}

const PRIVATE = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  PRIVATE.addSubnet(net, bits, "ipv4");
for (const [net, bits] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
] as const)
  PRIVATE.addSubnet(net, bits, "ipv6");

/** @param trustedOrigin the configured Graph address: a local Meta serves its media from there. */
export function createGuardedFetch(trustedOrigin: string): GuardedFetch {
  const trusted = new URL(trustedOrigin).origin;

  async function pin(url: URL, allowed: readonly string[]): Promise<Agent | undefined> {
    if (allowed.includes(url.origin)) return undefined;
    if (url.protocol !== "https:") throw new AddressRefused("not_https");
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const found = isIP(host)
      ? [{ address: host, family: isIP(host) }]
      : await lookup(host, { all: true }).catch(() => {
          throw new AddressRefused("unknown");
        });
    const bad = found.find((a) => PRIVATE.check(a.address, a.family === 6 ? "ipv6" : "ipv4"));
    if (bad || found.length === 0) throw new AddressRefused("private");
    const { address, family } = found[0]!;
    // The address checked is the address used: no second look-up that could answer differently.
    return new Agent({
      connect: { lookup: (_h, o, cb) => (o.all ? cb(null, [{ address, family }]) : cb(null, address, family)) },
    });
  }

  return {
    async read(address, { maxBytes, timeoutMs = 20_000 }) {
      const signal = AbortSignal.timeout(timeoutMs);
      let url = new URL(address);
      for (let hop = 0; hop < 4; hop++) {
        const dispatcher = await pin(url, [trusted]);
        const response = await fetch(url, { redirect: "manual", signal, ...(dispatcher ? { dispatcher } : {}) });
        const location = response.headers.get("location");
        if (response.status >= 300 && response.status < 400 && location) {
          await response.body?.cancel();
          url = new URL(location, url);
          continue;
        }
        if (!response.ok) throw new Error(`the address answered ${response.status}`);
        const chunks: Uint8Array[] = [];
        let size = 0;
        for await (const chunk of response.body ?? []) {
          size += chunk.byteLength;
          if (size > maxBytes) throw new Error(`the file is larger than ${maxBytes} bytes`);
          chunks.push(chunk);
        }
        return { bytes: Buffer.concat(chunks), contentType: response.headers.get("content-type") };
      }
      throw new Error("too many redirects");
    },
    async post(address, { headers, body, timeoutMs = 10_000, allowed = [] }) {
      const signal = AbortSignal.timeout(timeoutMs);
      const url = new URL(address);
      const dispatcher = (await pin(url, allowed)) ?? new Agent();
      try {
        const response = await fetch(url, { method: "POST", redirect: "manual", headers, body, signal, dispatcher });
        await response.body?.cancel();
        return { status: response.status };
      } finally {
        dispatcher.destroy().catch(() => {});
      }
    },
  };
}
