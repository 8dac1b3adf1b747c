import { type Call, caller } from "./call.ts";

export const BLUE_HARBOUR = "108123450000001";
export const LANTERN_TEA = "108123450000002";
/** The person whose token connects the Pages unless a journey chooses another. */
export const KEVIN = "100000000000101";
export const TOMAS = "100000000000103";

/** A customer of the local Meta, with what a customer can do besides using the phone page. */
export interface Customer {
  id: string;
  name: string;
  pageId: string;
  /** Address of this person's phone. */
  phone: string;
  writes(text: string): Promise<{ mid: string }>;
  /** Moves Meta's clock for this conversation; tells the Page nothing. */
  wroteHoursAgo(hours: number): Promise<void>;
  /** A message that the customer wrote so many hours ago; Meta's clock follows it. */
  wrote(text: string, hoursAgo: number): Promise<{ mid: string }>;
  blocks(): Promise<void>;
  unblocks(): Promise<void>;
  thread(): Promise<{ messages: { from: "customer" | "page"; text?: string; mid: string }[] }>;
  /** Anything else this person, or somebody about this person, can do: `does("reactions", {mid, emoji})`. */
  does<T = unknown>(what: string, body?: Record<string, unknown>): Promise<T>;
}

/** What a scenario has done: whom it is about and what its steps answered. */
export interface Played {
  pageId: string;
  customerId: string;
  results: Record<string, Record<string, string>>;
}

export interface SimState {
  apps: { id: string; secret: string }[];
  pages: { id: string; name: string; accessToken: string; instagramId?: string }[];
}

/** The control API of a local Meta (docs/simulator.md). */
export interface SimControl {
  url: string;
  call: Call;
  state(): Promise<SimState>;
  /** A new customer with a name nobody else has, so that journeys on one world do not meet. */
  customer(
    name: string,
    wish?: { pageId?: string; blocked?: boolean; kind?: string; platform?: "messenger" | "instagram" },
  ): Promise<Customer>;
  /** Plays a scenario (docs/simulator.md) and waits until Meta has told of it. */
  play(scenario: string, options?: Record<string, unknown>): Promise<Played>;
  undo(scenario: string): Promise<void>;
  faults(change: Record<string, unknown>): Promise<void>;
  noFaults(): Promise<void>;
  changePassword(userId: string): Promise<void>;
  /** Waits until no webhook is on its way. */
  idle(): Promise<void>;
}

let made = 0;
/** As long for everybody: a name that begins like another one would be found with it. */
const nextNumber = (): string => `${process.pid}${String(++made).padStart(4, "0")}`;

export function simControl(url: string): SimControl {
  const call = caller(`${url}/_sim`);
  return {
    url,
    call,
    state: () => call("GET", "/state"),
    async customer(name, { pageId = BLUE_HARBOUR, ...wish } = {}) {
      const ownName = `${name} ${nextNumber()}`;
      const { id } = await call<{ id: string }>("POST", `/pages/${pageId}/customers`, { name: ownName, ...wish });
      const path = `/pages/${pageId}/customers/${id}`;
      return {
        id,
        name: ownName,
        pageId,
        phone: `${url}/phone#${pageId}/${id}`,
        writes: (text) => call("POST", `${path}/messages`, { text }),
        wrote: (text, hoursAgo) =>
          call("POST", `${path}/messages`, { text, at: new Date(Date.now() - hoursAgo * 3_600_000).toISOString() }),
        wroteHoursAgo: async (lastActionHoursAgo) =>
          void (await call("POST", `${path}/window`, { lastActionHoursAgo })),
        blocks: async () => void (await call("POST", `${path}/block`)),
        unblocks: async () => void (await call("POST", `${path}/unblock`)),
        thread: () => call("GET", `${path}/thread`),
        does: (what, body = {}) => call("POST", `${path}/${what}`, body),
      };
    },
    async play(scenario, options = {}) {
      const played = await call<Played>("POST", `/scenarios/${scenario}`, options);
      await call("GET", "/webhooks/idle?timeoutMs=10000");
      return played;
    },
    undo: async (scenario) => void (await call("POST", `/scenarios/${scenario}/undo`)),
    faults: async (change) => void (await call("PUT", "/faults", change)),
    noFaults: async () => void (await call("DELETE", "/faults")),
    changePassword: async (userId) => void (await call("POST", `/users/${userId}/password`, {})),
    idle: async () => void (await call("GET", "/webhooks/idle?timeoutMs=10000")),
  };
}
