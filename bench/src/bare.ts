import { createServer } from "node:http";
import { verifySha256 } from "@firstline/meta-wire";

// The yardstick: a Node server that reads the body, checks the HMAC and forgets it.
const secret = process.env.META_APP_SECRET!;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (c) => chunks.push(c));
  request.on("end", () => {
    const good = verifySha256(
      secret,
      Buffer.concat(chunks),
      request.headers["x-hub-signature-256"] as string | undefined,
    );
    response.writeHead(good ? 200 : 401, { "content-type": "text/plain" }).end("EVENT_RECEIVED");
  });
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => process.send?.("ready"));
