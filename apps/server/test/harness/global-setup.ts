import type { TestProject } from "vitest/node";
import { type Cluster, startTestCluster } from "./cluster.ts";

declare module "vitest" {
  export interface ProvidedContext {
    cluster: Cluster;
  }
}

/** One PostgreSQL for all test files of the run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  project.provide("cluster", { url: cluster.url, template: cluster.template });
  return () => cluster.stop();
}
