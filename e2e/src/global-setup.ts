import { startTestCluster } from "@firstline/server/testing";

/** One PostgreSQL for the run, the same the server's tests use; workers find it through the environment. */
export default async function setup(): Promise<() => Promise<void>> {
  const cluster = await startTestCluster();
  process.env.E2E_CLUSTER = JSON.stringify({ url: cluster.url, template: cluster.template });
  return () => cluster.stop();
}
