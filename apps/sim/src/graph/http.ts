import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { asciiJson } from "../sender/ascii-json.ts";
import type { Sim } from "../sim.ts";
import { traceId } from "../store/ids.ts";
import { type Call, callerPageId } from "./call.ts";
import { mask, maskParams } from "./call-log.ts";
import { GraphError } from "./error.ts";
import { asString, readParams } from "./params.ts";
import { route } from "./router.ts";
import { failAfter, failBefore, NoAnswer, RawAnswer, takeFault } from "./send/faults.ts";
import { splitVersion } from "./versions.ts";

/** Everything that is not a page of the simulator is a Graph call. */
export function graphRoutes(app: FastifyInstance, sim: Sim): void {
  app.route({
    method: ["GET", "POST", "DELETE", "PUT", "PATCH"],
    url: "/*",
    handler: async (request, reply) => await answer(sim, request, reply),
  });
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
}

export async function answer(sim: Sim, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const started = performance.now();
  const path = request.url.split("?")[0] ?? "/";
  let status = 200;
  let body: unknown;
  let version = "v26.0";
  let call: Call | null = null;
  let failure: GraphError | null = null;
  try {
    const { values, files } = await readParams(request);
    const split = splitVersion(path);
    version = split.version;
    const method = (asString(values.method) ?? request.method).toUpperCase();
    const origin = `${request.protocol}://${request.headers.host ?? new URL(sim.baseUrl()).host}`;
    call = { sim, method, version, segments: split.segments, values, files, bearer: bearerOf(request), origin, reply };
    const pageId = callerPageId(call);
    const fault = takeFault(sim, sim.store.state.faults.nextGraph, call, { pageId });
    await failBefore(fault, call, pageId);
    body = await route(call);
    await failAfter(fault, body, call, pageId);
    if (sim.store.state.faults.slowMs > 0 && split.segments[1] === "messages")
      await sleep(sim.store.state.faults.slowMs);
  } catch (error) {
    if (error instanceof NoAnswer || error instanceof RawAnswer)
      return giveUp(sim, request, reply, call, error, started);
    failure = error instanceof GraphError ? error : unexpected(error);
    status = call?.values.suppress_http_code ? 200 : failure.status;
    body = failure.body();
  }
  const trace = failure ? ((body as { error: { fbtrace_id: string } }).error.fbtrace_id ?? traceId()) : traceId();
  log(sim, request, call, status, failure, trace, started);
  if (failure?.init.code === 190) {
    reply.header(
      "www-authenticate",
      `OAuth "Facebook Platform" "invalid_token" "${failure.message.replace(/[^\x20-\x7e]|"/g, "")}"`,
    );
  }
  return reply
    .code(status)
    .headers({ "x-app-usage": sim.calls.usage(sim.store.state.users.length), ...failure?.init.headers })
    .header("content-type", "application/json; charset=UTF-8")
    .header("facebook-api-version", version)
    .header("x-fb-trace-id", trace)
    .header("cache-control", "private, no-cache, no-store, must-revalidate")
    .send(asciiJson(body));
}

function unexpected(error: unknown): GraphError {
  console.error("sim: a Graph call broke the simulator itself:", error);
  return new GraphError({ code: 1, message: `An unknown error occurred (local Meta: ${(error as Error).message})` });
}

function giveUp(
  sim: Sim,
  request: FastifyRequest,
  reply: FastifyReply,
  call: Call | null,
  error: NoAnswer | RawAnswer,
  started: number,
): unknown {
  if (error instanceof RawAnswer) {
    log(sim, request, call, error.status, null, null, started);
    return reply.code(error.status).type(error.contentType).send(error.text);
  }
  log(sim, request, call, null, null, null, started);
  reply.hijack();
  const { socket } = request.raw;
  if (error.how === "cut") socket.destroy();
  if (error.how === "during") {
    const head = { "content-type": "application/json; charset=UTF-8", "content-length": Buffer.byteLength(error.text) };
    reply.raw.writeHead(200, head);
    reply.raw.write(error.text.slice(0, Math.ceil(error.text.length / 2)), () => socket.destroy());
  }
  return undefined;
}

function log(
  sim: Sim,
  request: FastifyRequest,
  call: Call | null,
  status: number | null,
  failure: GraphError | null,
  trace: string | null,
  started: number,
): void {
  const token = call ? (asString(call.values.access_token) ?? call.bearer) : bearerOf(request);
  sim.calls.add({
    at: new Date().toISOString(),
    method: call?.method ?? request.method,
    path: request.url.split("?")[0] ?? "/",
    params: maskParams(call?.values ?? {}),
    files:
      call?.files.map((file) => `${file.name} (${file.contentType ?? "no type"}, ${file.bytes.length} bytes)`) ?? [],
    token: token ? mask(token) : null,
    status,
    code: failure?.init.code ?? null,
    subcode: failure?.init.subcode ?? null,
    message: failure?.message ?? null,
    traceId: trace,
    ms: Math.round(performance.now() - started),
  });
}
