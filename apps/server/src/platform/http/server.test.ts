import { Agent, get } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { createLogger } from "../log/index.ts";
import { createHttp } from "./server.ts";

test.each([
  ["a route", "/slow"],
  ["a raw handler, as of webhooks", "/raw"],
])(
  "a request under way when the server stops is answered, and its connection does not hold the server up: %s",
  async (_name, path) => {
    const http = await createHttp({
      log: createLogger("silent"),
      authenticate: async () => null,
      version: "test",
      serverUrl: "http://localhost",
    });
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<string>();
    http.get("/slow", { config: { public: true } }, () => {
      begun.resolve();
      return finish.promise;
    });
    http.rawHandlers.set("GET /raw", (_request, response) => {
      begun.resolve();
      void finish.promise.then((text) => response.end(text));
    });
    await http.listen({ port: 0, host: "127.0.0.1" });
    const agent = new Agent({ keepAlive: true });
    try {
      const { port } = http.server.address() as AddressInfo;
      const answer = new Promise<string>((resolve, reject) => {
        get({ port, host: "127.0.0.1", path, agent }, (response) => {
          let text = "";
          response.on("data", (chunk) => {
            text += chunk;
          });
          response.on("end", () => resolve(text));
        }).on("error", reject);
      });
      await begun.promise;
      const stopped = http.close();
      finish.resolve("answered");
      expect(await answer).toBe("answered");
      await stopped;
    } finally {
      agent.destroy();
    }
  },
);
