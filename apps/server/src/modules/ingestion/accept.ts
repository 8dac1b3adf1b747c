import { timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import { verifySha256 } from "@firstline/meta-wire";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { ApiError, toProblem } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { headersToKeep } from "./headers.ts";
import type { Refusals } from "./refusals.ts";
import type { DeliveryStore } from "./store.ts";

/** Meta puts up to 1,000 updates into one call (facts: receiving §1.6); the largest seen are far below this. */
const LARGEST_BODY = 4_000_000;
const PATH = "/webhooks/meta";
const DONE = "EVENT_RECEIVED";

/**
 * `GET|POST /webhooks/meta`. The request does three things and no more: check the signature over the exact bytes, make the
 * bytes durable, answer. Nothing is parsed here, so nothing Meta writes can be refused or lost for its shape. Over a socket the
 * POST passes the framework by, whose hooks and headers cost more than the work itself.
 */
export function acceptWebhooks(app: App, deps: Deps, store: DeliveryStore, refusals: Refusals): void {
  const { verifyToken, appSecret } = deps.config.meta;

  app.get(
    "/webhooks/meta",
    {
      config: { public: true },
      schema: {
        summary: "Meta's verification of the callback address",
        tags: ["webhooks"],
        querystring: z.object({
          "hub.mode": z.string().optional(),
          "hub.challenge": z.string().optional(),
          "hub.verify_token": z.string().optional(),
        }),
      },
    },
    (request, reply) => {
      const q = request.query;
      if (q["hub.mode"] !== "subscribe" || !equal(q["hub.verify_token"] ?? "", verifyToken)) {
        refusals.note("verify_token");
        throw new ApiError(403, "not_allowed", "The verify token does not match.");
      }
      return reply.type("text/plain; charset=utf-8").send(q["hub.challenge"] ?? "");
    },
  );

  const accept = async (body: Buffer, headers: IncomingHttpHeaders): Promise<void> => {
    const signature = headerOf(headers["x-hub-signature-256"]);
    if (!appSecret || !verifySha256(appSecret, body, signature)) {
      refusals.note(signature ? "signature" : "unsigned");
      throw new ApiError(401, "webhook_signature_invalid");
    }
    try {
      await store.add(body, headersToKeep(headers));
    } catch (err) {
      refusals.note("storage");
      deps.log.error({ err }, "a delivery could not be stored");
      throw new ApiError(503, "storage_unavailable");
    }
    deps.metrics.deliveriesReceived.inc();
  };

  app.rawHandlers.set(`POST ${PATH}`, (request, response) => {
    readBody(request)
      .then((body) => accept(body, request.headers))
      .then(
        () => response.writeHead(200, { "content-type": "text/plain" }).end(DONE),
        (error) => refuse(response, error),
      );
  });
  app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: LARGEST_BODY }, (_request, body, done) =>
      done(null, body),
    );
    raw.post(
      PATH,
      {
        config: { public: true },
        bodyLimit: LARGEST_BODY,
        schema: { summary: "Webhook deliveries by Meta", tags: ["webhooks"] },
      },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        await accept(body, request.headers);
        return reply.type("text/plain").send(DONE);
      },
    );
  });
}

/** The bytes of a request. @throws ApiError 413 as soon as they are too many. */
function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= LARGEST_BODY) chunks.push(chunk);
      else reject(new ApiError(413, "body_too_large"));
    });
    request.on("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    request.on("error", reject);
  });
}

function refuse(response: ServerResponse, error: unknown): void {
  const known = error instanceof ApiError ? error : new ApiError(400, "invalid_request", "The request broke off.");
  // What was not read of a body too large is not waited for.
  const headers = {
    "content-type": "application/problem+json",
    ...(known.status === 413 ? { connection: "close" } : {}),
  };
  response.writeHead(known.status, headers).end(JSON.stringify(toProblem(known, "en")));
}

const headerOf = (v: string | string[] | undefined) => (Array.isArray(v) ? v[0] : v);

function equal(a: string, b: string): boolean {
  const x = Buffer.from(a);
  const y = Buffer.from(b);
  return x.length === y.length && timingSafeEqual(x, y);
}
