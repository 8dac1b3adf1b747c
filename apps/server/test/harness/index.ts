/** What tests, journeys and benchmarks build the server with. Published inside the repository as `@firstline/server/testing`. */
export { type Answer, type Build, createTestApp, type TestApp } from "./app.ts";
export { FakeClock } from "./clock.ts";
export { type Cluster, startTestCluster, urlOf } from "./cluster.ts";
export { createTestDatabase, stopOwnCluster, type TestDatabase } from "./database.ts";
export { BOOTSTRAP_KEY, createTestDeps, type DepsOptions, META_APP, type TestDeps } from "./deps.ts";
export * from "./factories.ts";
export { closeGate, type Gate } from "./gate.ts";
export { openJobs, runScheduled } from "./jobs.ts";
export { type CapturedLog, captureLog } from "./logs.ts";
export { cutDatabase } from "./outage.ts";
export { firstWorkspace, type Person, signedInMember } from "./people.ts";
export { startTestSim, type TestSim } from "./sim.ts";
