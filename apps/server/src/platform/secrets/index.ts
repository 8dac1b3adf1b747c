import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** A token that cannot be printed: every way of turning it into text gives `[secret]`. `reveal()` is greppable on purpose. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }
  reveal(): string {
    return this.#value;
  }
  toString(): string {
    return "[secret]";
  }
  toJSON(): string {
    return "[secret]";
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[secret]";
  }
}

export interface Vault {
  /** Id of the key in use, stored beside every ciphertext so that keys can be changed. */
  keyId: string;
  seal(secret: Secret): Buffer;
  /** @throws Error when the ciphertext was made with another key or altered. */
  open(sealed: Buffer, keyId: string): Secret;
  /** Recognises the same token again without keeping it. */
  fingerprint(secret: Secret): Buffer;
  /** A key of its own for another purpose, such as signing sessions. */
  derive(purpose: string): Buffer;
}

const deriveFrom = (masterKey: Buffer, purpose: string) =>
  Buffer.from(hkdfSync("sha256", masterKey, "firstline", purpose, 32));
const keyIdOf = (key: Buffer) => createHash("sha256").update(key).digest("hex").slice(0, 12);

/** AES-256-GCM: 12 bytes nonce, 16 bytes tag, ciphertext. `previous` opens what was sealed with it, and seals nothing. */
export function createVault(masterKey: Buffer, previous: Buffer | null = null): Vault {
  const derive = (purpose: string) => deriveFrom(masterKey, purpose);
  const key = derive("tokens");
  const fingerprintKey = derive("token-fingerprints");
  const keyId = keyIdOf(key);
  const opening = new Map([[keyId, key]]);
  if (previous) {
    const other = deriveFrom(previous, "tokens");
    opening.set(keyIdOf(other), other);
  }
  return {
    keyId,
    derive,
    seal(secret) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const body = Buffer.concat([cipher.update(secret.reveal(), "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    open(sealed, sealedWith) {
      const opener = opening.get(sealedWith);
      if (!opener)
        throw new Error(
          `This secret was sealed with key ${sealedWith}; the key in use is ${keyId}. Give that one as ENCRYPTION_KEY_PREVIOUS or reconnect the channel.`,
        );
      const decipher = createDecipheriv("aes-256-gcm", opener, sealed.subarray(0, 12));
      decipher.setAuthTag(sealed.subarray(12, 28));
      return new Secret(Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString("utf8"));
    },
    fingerprint: (secret) => createHmac("sha256", fingerprintKey).update(secret.reveal()).digest(),
  };
}
