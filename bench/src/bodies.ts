import { signSha256 } from "@firstline/meta-wire";

export const SECRET = "bench-app-secret";
export const APP_ID = "1517000000000111";
export const API_KEY = "bench-administrator-key";
export const PAGE_ID = "108123450000001";
const CUSTOMERS = 2_000;

export interface SignedBody {
  body: Buffer;
  signature: string;
}

/** A text message as Meta sends it, of one of 2,000 customers, with an id of its own. */
export function signedMessage(n: number, run: string): SignedBody {
  const psid = 7_400_000_000_000_000 + (n % CUSTOMERS);
  const now = Date.now();
  const body = Buffer.from(
    `{"object":"page","entry":[{"time":${now},"id":"${PAGE_ID}","messaging":[{"sender":{"id":"${psid}"},"recipient":{"id":"${PAGE_ID}"},"timestamp":${now},"message":{"mid":"m_${run}_${n}_abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ","text":"Message number ${n}: is the blue one still available in size M? \\u6709\\u8ca8\\u55ce"}}]}]}`,
  );
  return { body, signature: signSha256(SECRET, body) };
}
