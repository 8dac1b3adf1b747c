import { type BrowserContext, type BrowserContextOptions, test as base, type TestInfo } from "@playwright/test";
import { Desk } from "./desk.ts";
import { Phone } from "./phone.ts";
import type { Customer } from "./sim-control.ts";
import { connectPage, type Person, setUpTeam, type Team } from "./team.ts";
import { startWorld, type World, type WorldOptions } from "./world.ts";

export { expect } from "@playwright/test";

/** A world in which people work already: owner and agent, Blue Harbour connected, no conversation yet. */
export interface WorkingWorld extends World {
  team: Team;
  channelId: string;
}

async function furnish(world: World): Promise<WorkingWorld> {
  const team = await setUpTeam(world);
  const { id } = await connectPage(world);
  return Object.assign(world, { team, channelId: id });
}

interface OfOneTest {
  /** Kai's browser, on the inbox. */
  desk: Desk;
  /** Opens another signed-in browser. */
  deskOf(person: Person, options?: BrowserContextOptions): Promise<Desk>;
  /** Opens a customer's phone in a browser of its own. */
  phoneOf(customer: Customer): Promise<Phone>;
  /** A browser that nobody has signed in with. */
  stranger(options?: BrowserContextOptions): Promise<BrowserContext>;
  /** A world for this journey alone, for those that break more than a conversation. */
  ownWorld(options?: WorldOptions): Promise<WorkingWorld>;
  /** A world of its own in which nobody has been yet. */
  newWorld(options?: WorldOptions): Promise<World>;
  /** After every journey: switches of the shared local Meta back to normal, logs kept if it failed. */
  afterwards: undefined;
}

export const test = base.extend<OfOneTest, { world: WorkingWorld }>({
  world: [
    async ({ browserName: _ }, use) => {
      const world = await startWorld();
      try {
        await use(await furnish(world));
      } finally {
        await world.close();
      }
    },
    { scope: "worker", timeout: 120_000 },
  ],

  stranger: async ({ browser, contextOptions }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...contextOptions, ...options });
      opened.push(context);
      return context;
    });
    for (const context of opened) await context.close();
  },

  deskOf: async ({ stranger }, use) => {
    await use(async ({ url, storageState }, options = {}) => {
      const context = await stranger({ baseURL: url, storageState, ...options });
      const desk = new Desk(await context.newPage());
      await desk.openInbox();
      return desk;
    });
  },

  desk: async ({ deskOf, world }, use) => {
    await use(await deskOf(world.team.kai));
  },

  phoneOf: async ({ stranger }, use) => {
    await use(async (customer) => {
      const context = await stranger({ viewport: { width: 1100, height: 760 } });
      const phone = new Phone(await context.newPage());
      await phone.open(customer);
      return phone;
    });
  },

  newWorld: async ({ browserName: _ }, use, info) => {
    const worlds: World[] = [];
    await use(async (options) => {
      const began = Date.now();
      const world = await startWorld(options);
      worlds.push(world);
      // How long two programs take to start on this machine is none of the journey's own time.
      info.setTimeout(info.timeout + Date.now() - began);
      return world;
    });
    for (const world of worlds) {
      await tellLogs(world, info);
      await world.close();
    }
  },

  ownWorld: async ({ newWorld }, use) => {
    await use(async (options) => furnish(await newWorld(options)));
  },

  afterwards: [
    async ({ world }, use, info) => {
      await use(undefined);
      await world.sim.noFaults();
      await world.sim.faults({ humanAgentApproved: true });
      await tellLogs(world, info);
    },
    { auto: true },
  ],
});

/** What the programs said, kept beside the trace of a journey that failed. */
async function tellLogs(world: World, info: TestInfo): Promise<void> {
  if (info.status !== info.expectedStatus) await info.attach("logs", { body: world.logs(), contentType: "text/plain" });
}
