import type { FastifyReply, FastifyRequest } from "fastify";
import type { App } from "../http/server.ts";
import type { Auth } from "./index.ts";
import { BASE_PATH, CLIENT_ADDRESS_HEADER } from "./options.ts";

/** What of better-auth is offered to browsers. Everything else it could do over HTTP (sign-up, making API keys …) is not there. */
const OFFERED = [
  ["POST", "/sign-in/email"],
  ["POST", "/sign-out"],
  ["GET", "/get-session"],
  ["POST", "/change-password"],
] as const;

/** Headers that describe the connection, not the request. */
const CONNECTION = new Set(["connection", "keep-alive", "transfer-encoding", "content-length", "upgrade", "expect"]);

/**
 * Serves better-auth's own endpoints under `/api/auth`.
 * @param onChange is told about every successful write, with the request's headers, before the answer leaves.
 */
export function mountAuth(
  app: App,
  auth: Auth,
  options: { publicUrl: string; onChange(path: string, headers: FastifyRequest["headers"]): void },
): void {
  const origin = new URL(options.publicUrl).origin;
  app.register(async (scope) => {
    // better-auth reads the body itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
    for (const [method, path] of OFFERED) {
      const route = { config: { public: true }, schema: { hide: true } };
      scope.route({
        method,
        url: BASE_PATH + path,
        ...route,
        handler: async (request, reply) => {
          const response = await auth.handler(toRequest(request, origin));
          if (method !== "GET" && response.ok) options.onChange(path, request.headers);
          return send(reply, response);
        },
      });
    }
  });
}

function toRequest(request: FastifyRequest, origin: string): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value === undefined || CONNECTION.has(name)) continue;
    for (const one of Array.isArray(value) ? value : [value]) headers.append(name, one);
  }
  headers.set(CLIENT_ADDRESS_HEADER, request.ip);
  const body = request.body as Buffer | undefined;
  return new Request(new URL(request.url, origin), {
    method: request.method,
    headers,
    ...(body?.length ? { body: new Uint8Array(body) } : {}),
  });
}

async function send(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  reply.status(response.status).header("cache-control", "no-store");
  for (const [name, value] of response.headers)
    if (name !== "set-cookie" && !CONNECTION.has(name)) reply.header(name, value);
  const cookies = response.headers.getSetCookie();
  if (cookies.length > 0) reply.header("set-cookie", cookies);
  return reply.send(Buffer.from(await response.arrayBuffer()));
}
