import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import swagger from "@fastify/swagger";
import type { Permission } from "@firstline/contracts";
import Fastify, { type FastifyInstance, type FastifyRequest, LogController } from "fastify";
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from "fastify-type-provider-zod";
import type { Logger } from "../log/index.ts";
import type { Actor, Authenticate } from "./actor.ts";
import { ApiError, type Locale, localeOf, toProblem } from "./problems.ts";

/** Answers a request by itself, without the framework. */
export type RawHandler = (request: IncomingMessage, response: ServerResponse) => void;

declare module "fastify" {
  interface FastifyInstance {
    /**
     * Addresses too busy for hooks, headers and a logger of their own, keyed `METHOD /path`: they pass the framework by. A route
     * of the same address must exist for everything that does not come over a socket, and for the API's description.
     */
    rawHandlers: Map<string, RawHandler>;
  }
  interface FastifyRequest {
    actor: Actor;
    locale: Locale;
  }
  interface FastifyContextConfig {
    /** Open to anybody. A route is closed unless it says so. */
    public?: boolean;
    /** Open to anybody for the requests it says yes to; closed for all others. It must be told by the request's own secret. */
    publicFor?: (request: FastifyRequest) => boolean;
    /** What the actor must be allowed to do. */
    permission?: Permission;
  }
}

export type App = FastifyInstance<
  import("node:http").Server,
  import("node:http").IncomingMessage,
  import("node:http").ServerResponse,
  Logger,
  ZodTypeProvider
>;

const IDLE_SWEEP_MS = 100;

/** A Fastify app with our conventions: schemas by zod, problem documents, every route closed unless marked, explicit limits. */
export async function createHttp(options: {
  log: Logger;
  authenticate: Authenticate;
  version: string;
  serverUrl: string;
}): Promise<App> {
  const rawHandlers = new Map<string, RawHandler>();
  const app = Fastify({
    serverFactory: (handler) =>
      createServer({ requestTimeout: 120_000, keepAliveTimeout: 65_000 }, (request, response) => {
        const raw = rawHandlers.get(`${request.method} ${request.url}`);
        if (raw) raw(request, response);
        else handler(request, response);
      }),
    loggerInstance: options.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 1_000_000,
    trustProxy: "loopback",
    routerOptions: { maxParamLength: 500 },
  }).withTypeProvider<ZodTypeProvider>() as unknown as App;

  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorate("rawHandlers", rawHandlers);
  app.decorateRequest("actor", null as unknown as Actor);
  app.decorateRequest("locale", "en");

  app.addHook("onRoute", (route) => {
    // The files of the web app: one prefix, whose routes the static-file plugin makes itself.
    if (route.url.startsWith("/assets/")) route.config = { ...route.config, public: true };
    const config = route.config ?? {};
    if (!config.public && !config.permission)
      throw new Error(
        `${String(route.method)} ${route.url} is neither public nor names the permission it needs (config.public / config.permission).`,
      );
  });
  // A request that is under way when we stop is answered; its connection, kept open for the next one, would hold us for a minute.
  app.addHook("preClose", async () => {
    const sweep = setInterval(() => app.server.closeIdleConnections(), IDLE_SWEEP_MS);
    app.server.once("close", () => clearInterval(sweep));
  });
  app.addHook("onRequest", async (request) => {
    request.locale = localeOf(request.headers["accept-language"]);
    const { public: open, publicFor, permission } = request.routeOptions.config;
    if (open || publicFor?.(request)) return;
    if (!permission && request.is404) return;
    const actor = await options.authenticate(request.headers);
    if (!actor) throw new ApiError(401, "not_signed_in");
    if (!permission || !actor.permissions.has(permission)) throw new ApiError(403, "not_allowed");
    if (!actor.apiKey && isForeignWrite(request, options.serverUrl))
      throw new ApiError(403, "not_allowed", "The request came from another site.");
    request.actor = actor;
  });

  app.setErrorHandler((error, request, reply) => {
    const problem = toApiError(error);
    // A person whose session ended on the way (back from Meta's dialog, an old link) is led to the sign-in, not shown JSON.
    if (problem.status === 401 && request.method === "GET" && request.headers["sec-fetch-mode"] === "navigate") {
      return reply.redirect("/login");
    }
    if (isUnstorable(error)) request.log.warn({ err: error, route: request.routeOptions.url }, "a value was refused");
    if (problem.status >= 500)
      request.log.error({ err: error, method: request.method, route: request.routeOptions.url }, "request failed");
    return reply
      .status(problem.status)
      .type("application/problem+json")
      .send(JSON.stringify(toProblem(problem, request.locale)));
  });
  app.setNotFoundHandler((request, reply) => {
    const problem = new ApiError(404, "not_found", `${request.method} ${request.url.split("?")[0]} does not exist.`);
    return reply
      .status(404)
      .type("application/problem+json")
      .send(JSON.stringify(toProblem(problem, request.locale)));
  });

  await app.register(helmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        imgSrc: ["'self'", "data:", "blob:"],
        mediaSrc: ["'self'", "blob:"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        upgradeInsecureRequests: null,
      },
    },
    strictTransportSecurity: options.serverUrl.startsWith("https:"),
  });
  await app.register(multipart, { limits: { fileSize: 30_000_000, files: 1, fields: 10 } });
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: "Firstline API",
        version: options.version,
        description:
          "A shared inbox for Messenger and Instagram. Errors are RFC 9457 problem documents. Times are ISO 8601 UTC.",
      },
      components: {
        securitySchemes: {
          bearer: { type: "http", scheme: "bearer" },
          session: { type: "apiKey", in: "cookie", name: "better-auth.session_token" },
        },
      },
      security: [{ bearer: [] }, { session: [] }],
    },
    transform: jsonSchemaTransform,
  });
  return app;
}

/** Cookies travel with requests other sites make; a write must come from our own pages. */
function isForeignWrite(request: FastifyRequest, serverUrl: string): boolean {
  if (request.method === "GET" || request.method === "HEAD") return false;
  const origin = request.headers.origin;
  if (!origin) return request.headers["sec-fetch-site"] === "cross-site";
  try {
    return new URL(origin).host !== request.headers.host && origin !== new URL(serverUrl).origin;
  } catch {
    return true;
  }
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map((v) => ({
      path: v.instancePath.replace(/^\//, "").replaceAll("/", "."),
      message: v.message ?? "is not valid",
    }));
    return new ApiError(
      422,
      "invalid_request",
      errors.map((e) => (e.path ? `${e.path}: ${e.message}` : e.message)).join("; "),
      { errors },
    );
  }
  const e = error as { statusCode?: number; code?: string; message?: string };
  if (e.statusCode === 413) return new ApiError(413, "body_too_large");
  if (e.statusCode === 429) return new ApiError(429, "rate_limited");
  if (e.statusCode && e.statusCode >= 400 && e.statusCode < 500)
    return new ApiError(e.statusCode, "invalid_request", e.message ?? null);
  if (
    /^(ECONNREFUSED|ECONNRESET|ENOENT|57P0[123]|08\d\d\d|53\d\d\d)$/.test(e.code ?? "") ||
    /timeout exceeded when trying to connect/.test(e.message ?? "")
  )
    return new ApiError(503, "storage_unavailable");
  if (isUnstorable(error))
    return new ApiError(422, "invalid_request", "A value in the request cannot be stored or compared.");
  return new ApiError(500, "unexpected");
}

/** PostgreSQL's refusals of a value: a NUL in a text, a time or id in a cursor that is none, a number out of range. */
function isUnstorable(error: unknown): boolean {
  return /^(22001|22003|22007|22008|22021|22P02|22P05)$/.test((error as { code?: string }).code ?? "");
}
