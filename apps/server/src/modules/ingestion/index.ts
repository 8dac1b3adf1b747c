import type { Deps } from "../../deps.ts";
import type { ModuleLife } from "../../life.ts";
import type { App } from "../../platform/http/server.ts";
import type { MessagesModule } from "../messages/index.ts";
import { acceptWebhooks } from "./accept.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { keepPartitions } from "./partitions.ts";
import { createProcessor, type Processor } from "./process.ts";
import { createDeliveryStore } from "./store.ts";
import { createDeliveryWorker } from "./worker.ts";

export interface IngestionModule extends ModuleLife {
  processor: Processor;
}

/** Meta's webhooks: verify, keep raw, claim, normalise, dispatch, replay. */
export function registerIngestion(app: App, deps: Deps, modules: { messages: MessagesModule }): IngestionModule {
  const processor = createProcessor(deps, modules.messages.receive);
  const worker = createDeliveryWorker(deps, processor);
  acceptWebhooks(app, deps, createDeliveryStore(deps.database.pool));
  deliveryRoutes(app, deps);
  deps.jobs.define("deliveries.partitions", { retryLimit: 3, schedule: "17 * * * *" }, () =>
    keepPartitions(deps.db, deps.clock(), deps.config.deliveryRetentionDays),
  );
  return {
    processor,
    async start(roles) {
      await keepPartitions(deps.db, deps.clock(), deps.config.deliveryRetentionDays);
      if (roles.worker) worker.start();
    },
    stop: () => worker.stop(),
  };
}
