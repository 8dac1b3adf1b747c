import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import type { App } from "../../platform/http/server.ts";
import type { ChannelsModule } from "../channels/index.ts";
import type { ContactsModule } from "../contacts/index.ts";
import type { MessagesModule } from "../messages/index.ts";
import { acceptWebhooks } from "./accept.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { deliveriesNaming, trafficAround } from "./naming.ts";
import { keepPartitions } from "./partitions.ts";
import { createProcessor, type Processor } from "./process.ts";
import { type Runner, registerReconcile } from "./reconcile/index.ts";
import { createRefusals, forgetRefusals } from "./refusals.ts";
import { createDeliveryStore } from "./store.ts";
import { createDeliveryWorker } from "./worker.ts";

export interface IngestionModule extends ModuleLife {
  processor: Processor;
  /** Comparing a channel with Meta's own record. */
  reconcile: Pick<Runner, "queue" | "start">;
  /** What was delivered around a customer and a time, for tracing. */
  evidence: { deliveriesNaming: typeof deliveriesNaming; trafficAround: typeof trafficAround };
}

export { presentBody } from "./deliveries.ts";
export type { NamingDelivery, Traffic } from "./naming.ts";

/** Meta's webhooks: verify, keep raw, claim, normalise, dispatch, replay. */
export function registerIngestion(
  app: App,
  deps: Deps,
  modules: { channels: ChannelsModule; contacts: ContactsModule; messages: MessagesModule },
): IngestionModule {
  const processor = createProcessor(deps, modules.messages.receive);
  const worker = createDeliveryWorker(deps, processor);
  const { channels, contacts, messages } = modules;
  const reconcile = registerReconcile(app, deps, { channels, contacts, receive: messages.receive });
  const refusals = createRefusals(deps);
  acceptWebhooks(app, deps, reconcile.watch(createDeliveryStore(deps.database.pool)), refusals);
  deliveryRoutes(app, deps);
  deps.jobs.define("deliveries.partitions", { retryLimit: 3, schedule: "17 * * * *" }, async () => {
    await keepPartitions(deps.db, deps.clock(), deps.config.deliveryRetentionDays);
    await forgetRefusals(deps.db);
  });
  return {
    processor,
    reconcile: reconcile.runner,
    evidence: { deliveriesNaming, trafficAround },
    async start(roles) {
      await keepPartitions(deps.db, deps.clock(), deps.config.deliveryRetentionDays);
      if (roles.worker) worker.start();
      await reconcile.life.start(roles);
    },
    async stop() {
      await reconcile.life.stop();
      await worker.stop();
      await refusals.flush();
    },
  };
}
