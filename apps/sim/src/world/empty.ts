import { createHash } from "node:crypto";
import { CALLBACKS_TODAY, SENDING_TODAY, TODAY } from "../store/switches.ts";
import type { Faults, MetaApp, State } from "../store/types.ts";

const APP_ID = "1517000000000111";
/** Fixed, so that a configuration survives a reset. It guards nothing: this Meta is not Meta. */
const APP_SECRET = "5f1c0de2a9b84e67b3d1c04f7e8a6b29";

export function defaultFaults(): Faults {
  return {
    lose: null,
    duplicate: null,
    sendEmpty: null,
    delayMs: 0,
    reorder: false,
    batch: 1,
    echoOvertakes: false,
    nextSend: [],
    nextGraph: [],
    slowMs: 0,
    humanAgentApproved: false,
    requireProof: false,
    retryClock: 1,
    phonesOnline: true,
    conversationDepth: null,
    conversationRate: 2,
    ...structuredClone(TODAY),
    ...structuredClone(SENDING_TODAY),
    callbacks: structuredClone(CALLBACKS_TODAY),
  };
}

export function newApp(id: string, name: string, secret = createHash("md5").update(id).digest("hex")): MetaApp {
  return { id, secret, name, developers: [], subscriptions: [] };
}

/** A world with the app and nothing else. */
export function emptyWorld(): State {
  return {
    version: 1,
    world: "empty",
    serial: 0,
    apps: [newApp(APP_ID, "Firstline (local)", APP_SECRET)],
    users: [],
    pages: [],
    customers: [],
    threads: {},
    tokens: [],
    codes: [],
    uploads: [],
    blobs: {},
    queue: [],
    alerts: [],
    faults: defaultFaults(),
  };
}
