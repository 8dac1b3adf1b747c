import { randomBytes } from "node:crypto";
import { DeletionAnswer, SignedRequestForm } from "@firstline/contracts";
import { readSignedRequest, type SignedRequest } from "@firstline/meta-wire";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import { ApiError } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import type { AuthorizedChannel, ChannelsModule } from "../channels/index.ts";
import { openRequests } from "./deletion-requests.ts";

type Kind = "deauthorize" | "data_deletion";

/** Older ones are copies somebody kept: Meta calls within seconds, and no callback of its own is repeated for days. */
const LONGEST_MS = 24 * 3_600_000;
const LARGEST_BODY = 16_000;

/**
 * `POST /webhooks/meta/deauthorize` and `…/data-deletion`: Meta tells that a person removed the app, or asks that what is known of
 * them be deleted ("Data Deletion Request Callback", read 2026-11). Only a fresh request signed with the app secret does anything;
 * the same one again does nothing new.
 */
export function callbackRoutes(app: App, deps: Deps, channels: ChannelsModule): void {
  app.register(async (instance) => {
    const scope = instance as unknown as App;
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      "application/x-www-form-urlencoded",
      { parseAs: "string", bodyLimit: LARGEST_BODY },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body as string))),
    );

    scope.post(
      "/webhooks/meta/deauthorize",
      {
        config: { public: true },
        schema: {
          tags: ["webhooks"],
          summary: "Meta tells that a person removed the app: what they authorised is not used any more",
          consumes: ["application/x-www-form-urlencoded"],
          body: SignedRequestForm,
        },
      },
      async (request, reply) => {
        const told = verify(deps, "deauthorize", request.body.signed_request);
        const at = told.request.issuedAt === null ? deps.clock() : told.request.issuedAt * 1000;
        const first = await remember(deps, "deauthorize", told.signature, null);
        // A removal that is repeated must not undo an authorisation given since.
        if (first.fresh) await channels.personRemovedApp(told.request.userId, at);
        return reply.type("text/plain; charset=utf-8").send("OK");
      },
    );

    scope.post(
      "/webhooks/meta/data-deletion",
      {
        config: { public: true },
        schema: {
          tags: ["webhooks"],
          summary: "Meta asks to delete what is known of a person; answers where the state can be looked up",
          consumes: ["application/x-www-form-urlencoded"],
          body: SignedRequestForm,
          response: { 200: DeletionAnswer },
        },
      },
      async (request) => {
        const { request: about, signature } = verify(deps, "data_deletion", request.body.signed_request);
        const { code, fresh } = await remember(deps, "data_deletion", signature, newCode());
        if (fresh) {
          const forgotten: AuthorizedChannel[] = await channels.forgetPerson(about.userId);
          await openRequests(deps, { code: code!, externalUserId: about.userId, forgotten });
        }
        return { url: `${deps.config.publicUrl}/data-deletion/${code}`, confirmation_code: code! };
      },
    );
  });
}

/** @throws ApiError 400 or 401 for what Meta did not write for this app, or wrote long ago; each is counted. */
function verify(deps: Deps, kind: Kind, value: string): { request: SignedRequest; signature: Buffer } {
  const refuse = (reason: string, error: ApiError): never => {
    deps.metrics.callbacksRefused.inc({ kind, reason });
    throw error;
  };
  const { appSecret } = deps.config.meta;
  if (!appSecret) return refuse("no_app", new ApiError(401, "webhook_signature_invalid"));
  const read = readSignedRequest(appSecret, value);
  if (!read.ok)
    return read.reason === "malformed"
      ? refuse(read.reason, new ApiError(400, "invalid_request", "This is no signed request of Meta's."))
      : refuse(read.reason, new ApiError(401, "webhook_signature_invalid"));
  const { issuedAt } = read.request;
  if (issuedAt !== null && Math.abs(deps.clock() - issuedAt * 1000) > LONGEST_MS)
    return refuse("old", new ApiError(400, "invalid_request", "This signed request was made on another day."));
  return read;
}

/** Whether a callback is new; of a repeated one, the code given the first time. */
async function remember(
  deps: Deps,
  kind: Kind,
  signature: Buffer,
  code: string | null,
): Promise<{ fresh: boolean; code: string | null }> {
  const { rows } = await sql<{ code: string | null }>`
    insert into callback_seen (signature, kind, code, received_at) values (${signature}, ${kind}, ${code}, ${new Date(deps.clock())})
    on conflict (signature) do nothing returning code`.execute(deps.db);
  if (rows[0]) return { fresh: true, code };
  deps.metrics.callbacksRefused.inc({ kind, reason: "repeated" });
  const { rows: before } = await sql<{ code: string | null }>`
    select code from callback_seen where signature = ${signature}`.execute(deps.db);
  return { fresh: false, code: before[0]?.code ?? null };
}

const newCode = () => randomBytes(12).toString("hex").toUpperCase();
