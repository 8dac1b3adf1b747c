import { timingSafeEqual } from "node:crypto";
import { verifySha256 } from "@firstline/meta-wire";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import { ApiError } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { DeliveryStore } from "./store.ts";

/** Meta puts up to 1,000 updates into one call (facts: receiving §1.6); the largest seen are far below this. */
const LARGEST_BODY = 4_000_000;

/**
 * `GET|POST /webhooks/meta`. The request does three things and no more: check the signature over the exact bytes, make the
 * bytes durable, answer. Nothing is parsed here, so nothing Meta writes can be refused or lost for its shape.
 */
export function acceptWebhooks(app: App, deps: Deps, store: DeliveryStore): void {
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
        deps.metrics.deliveriesRefused.inc({ reason: "verify_token" });
        throw new ApiError(403, "not_allowed", "The verify token does not match.");
      }
      return reply.type("text/plain; charset=utf-8").send(q["hub.challenge"] ?? "");
    },
  );

  app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: LARGEST_BODY }, (_request, body, done) =>
      done(null, body),
    );
    raw.post(
      "/webhooks/meta",
      {
        config: { public: true },
        bodyLimit: LARGEST_BODY,
        schema: { summary: "Webhook deliveries by Meta", tags: ["webhooks"] },
      },
      async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        if (!appSecret || !verifySha256(appSecret, body, headerOf(request.headers["x-hub-signature-256"]))) {
          deps.metrics.deliveriesRefused.inc({ reason: "signature" });
          throw new ApiError(401, "webhook_signature_invalid");
        }
        try {
          await store.add(body);
        } catch (err) {
          deps.metrics.deliveriesRefused.inc({ reason: "storage" });
          deps.log.error({ err }, "a delivery could not be stored");
          throw new ApiError(503, "storage_unavailable");
        }
        deps.metrics.deliveriesReceived.inc();
        return reply.type("text/plain").send("EVENT_RECEIVED");
      },
    );
  });
}

const headerOf = (v: string | string[] | undefined) => (Array.isArray(v) ? v[0] : v);

function equal(a: string, b: string): boolean {
  const x = Buffer.from(a);
  const y = Buffer.from(b);
  return x.length === y.length && timingSafeEqual(x, y);
}
