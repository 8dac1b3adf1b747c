interface Attempt {
  at: string;
  status: number | null;
  error: string | null;
  ms: number;
  answer: string | null;
}

export interface DeliveryRecord {
  id: string;
  at: string;
  state: "pending" | "delivered" | "failing" | "lost" | "not_subscribed" | "dropped";
  reason: string | null;
  appId: string;
  pageId: string;
  object: string;
  fields: string[];
  url: string | null;
  headers: Record<string, string>;
  body: string;
  attempts: Attempt[];
}

/** The last deliveries, for the control page and for tests. Lives in memory only. */
export class DeliveryLog {
  private readonly records: DeliveryRecord[] = [];
  private readonly byId = new Map<string, DeliveryRecord>();
  private readonly keep: number;
  /** Totals since the start. */
  readonly totals = { delivered: 0, attempts: 0, lost: 0, dropped: 0, notSubscribed: 0 };

  constructor(keep = 1000) {
    this.keep = keep;
  }

  add(record: DeliveryRecord): DeliveryRecord {
    this.records.push(record);
    this.byId.set(record.id, record);
    if (this.records.length > this.keep) {
      const old = this.records.shift();
      if (old) this.byId.delete(old.id);
    }
    return record;
  }

  find(id: string): DeliveryRecord | undefined {
    return this.byId.get(id);
  }

  latest(limit: number): DeliveryRecord[] {
    return this.records.slice(-limit).reverse();
  }

  clear(): void {
    this.records.length = 0;
    this.byId.clear();
  }
}
