import { BlockList, isIP } from "node:net";

const NEAR = new BlockList();
for (const [net, bits] of [
  ["127.0.0.0", 8],
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
] as const) {
  NEAR.addSubnet(net, bits, "ipv4");
}
NEAR.addAddress("::1", "ipv6");
NEAR.addSubnet("fc00::", 7, "ipv6");

/**
 * Where the phone page of a local Meta is, for people who try the product out. Null when this server talks to the real one.
 * @param graphUrl META_GRAPH_URL
 */
export function phonePageOf(graphUrl: string): string | null {
  const { hostname } = new URL(graphUrl);
  const host = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  // A name without a dot is resolved by the own network alone (localhost, a container's name).
  const near = family
    ? NEAR.check(host, family === 6 ? "ipv6" : "ipv4")
    : !host.includes(".") || host.endsWith(".localhost");
  return near ? `${graphUrl}/phone` : null;
}
