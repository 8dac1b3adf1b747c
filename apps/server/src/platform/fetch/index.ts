import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { Agent, fetch } from "undici";

/**
 * The only way to read an address that came from outside (a media link in a webhook). Refuses private networks, so that a
 * forged or hostile link cannot make this server read its own neighbours; checks every redirect; stops at a size.
 */
export interface GuardedFetch {
  /** @throws Error with a plain reason; nothing of the body is kept then. */
  read(
    url: string,
    options: { maxBytes: number; timeoutMs?: number },
  ): Promise<{ bytes: Buffer; contentType: string | null }>;
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

  async function pin(url: URL): Promise<Agent | undefined> {
    if (url.origin === trusted) return undefined;
    if (url.protocol !== "https:") throw new Error("only https addresses are read");
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const found = isIP(host) ? [{ address: host, family: isIP(host) }] : await lookup(host, { all: true });
    const bad = found.find((a) => PRIVATE.check(a.address, a.family === 6 ? "ipv6" : "ipv4"));
    if (bad || found.length === 0) throw new Error("the address points into a private network");
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
        const dispatcher = await pin(url);
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
  };
}
