import type { Role } from "@firstline/contracts";
import type { InjectOptions } from "fastify";
import type { BuiltApp } from "../../src/app.ts";
import type { Deps } from "../../src/deps.ts";
import type { Roles } from "../../src/life.ts";
import { BOOTSTRAP_KEY, createTestDeps, type DepsOptions, type TestDeps } from "./deps.ts";
import { firstWorkspace, type Person, signedInMember } from "./people.ts";

/** An answer of the API: `json` is the parsed body, null when there is none. */
export interface Answer<T = unknown> {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  json: T;
  text: string;
}

export interface TestApp extends TestDeps {
  app: BuiltApp;
  deps: Deps;
  /** Headers of the administrator's API key that every test installation has. */
  apiKey: { authorization: string };
  /** The workspace of that key. */
  workspaceId: string;
  /** A request without a network. `path` begins with a slash; `/api/v1` is put before it unless it names another place. */
  call<T = unknown>(
    method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE",
    path: string,
    options?: { headers?: Record<string, string>; body?: unknown; query?: Record<string, string> },
  ): Promise<Answer<T>>;
  /** Fastify's own, for everything {@link TestApp.call} is too simple for. */
  inject: BuiltApp["http"]["inject"];
  /** A signed-in administrator, the same one on every call. */
  asOwner(): Promise<Person>;
  /** A new signed-in member. */
  asMember(role: Role, options?: { name?: string; workspaceId?: string }): Promise<Person>;
  /** Starts workers (both roles unless told otherwise). What has a schedule runs when a test adds it, never by the hour of the day. */
  start(roles?: Roles): Promise<void>;
  /** Opens a port on 127.0.0.1. @returns the address. */
  listen(): Promise<string>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Builds the HTTP side to test; the whole server unless a test brings a part of it. */
export type Build = (deps: Deps) => Promise<BuiltApp>;

const wholeServer: Build = async (deps) => (await import("../../src/app.ts")).buildApp(deps);

/**
 * The server on a database of its own. Nothing runs in the background until `start()`, nothing listens until `listen()`.
 * Close it in `afterEach`/`afterAll`, or declare it with `await using`.
 */
export async function createTestApp(options: DepsOptions & { build?: Build } = {}): Promise<TestApp> {
  const made = await createTestDeps(options);
  const { deps } = made;
  const app = await (options.build ?? wholeServer)(deps).catch(async (error: unknown) => {
    await made.dispose();
    throw error;
  });
  await app.http.ready();
  const key = deps.config.bootstrap.apiKey ?? BOOTSTRAP_KEY;
  let owner: Promise<Person> | undefined;
  let closed: Promise<void> | undefined;

  const close = async () => {
    await app.stop();
    await made.dispose();
  };
  const stop = () => {
    closed ??= close();
    return closed;
  };

  return {
    ...made,
    app,
    apiKey: { authorization: `Bearer ${key}` },
    workspaceId: await firstWorkspace(deps),
    async call<T>(
      method: InjectOptions["method"] & string,
      path: string,
      { headers, body, query }: Parameters<TestApp["call"]>[2] = {},
    ) {
      const elsewhere = /^\/(api\/|webhooks\/|healthz|readyz|metrics)/.test(path);
      const response = await app.http.inject({
        method: method as "GET",
        url: elsewhere ? path : `/api/v1${path}`,
        ...(headers ? { headers } : {}),
        ...(query ? { query } : {}),
        ...(body === undefined ? {} : { payload: body as object }),
      });
      const parsed =
        /json/.test(String(response.headers["content-type"])) && response.body !== ""
          ? JSON.parse(response.body)
          : null;
      return { status: response.statusCode, headers: response.headers, json: parsed as T, text: response.body };
    },
    inject: app.http.inject.bind(app.http) as BuiltApp["http"]["inject"],
    asOwner() {
      owner ??= signedInMember(deps, { name: "Olivia Owner" });
      return owner;
    },
    asMember: (role, wish) => signedInMember(deps, { role, ...wish }),
    start: async (roles = { web: true, worker: true }) => app.start(roles),
    listen: () => app.http.listen({ port: 0, host: "127.0.0.1" }),
    close: stop,
    [Symbol.asyncDispose]: stop,
  };
}
