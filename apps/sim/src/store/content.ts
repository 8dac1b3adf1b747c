/** Members of a message beyond text and attachments (meta-receiving §2.1, §2.21). All optional: older state files have none. */
export interface MessageContent {
  /** Unsent: gone from the thread; Graph answers 9000001 for it. */
  removed?: boolean;
  /** Meta cannot show it to apps: only `mid` and `is_unsupported` are told. */
  unsupported?: boolean;
  /** Only `mid` is told (call cards and the like); Graph has nothing more to say. */
  empty?: boolean;
  /** Reply to one of the account's stories (Instagram). */
  storyReply?: { url: string; id: string };
  /** Ad, link or shop product the message came from. */
  referral?: Record<string, unknown>;
  commands?: { name: string }[];
  /** Joins a checkbox plugin's `user_ref` to the person who now writes. */
  priorMessage?: { source: string; identifier: string };
  /** A line of Meta's own (system notice): `source=PARTICIPANTS` leaves it out. */
  notice?: boolean;
}
