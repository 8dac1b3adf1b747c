import type { Platform } from "../store/types.ts";
import type { Auth } from "./auth.ts";
import { type Call, param } from "./call.ts";
import { GraphError } from "./error.ts";
import { knownError } from "./known/index.ts";
import { limitHeaders } from "./limit-headers.ts";

/** Whether a limit of this code counts such calls (Graph API, Rate limiting; meta-sending §5). */
function concerns(code: number, call: Call, auth: Auth): boolean {
  const edge = call.segments[1];
  const sends = call.method === "POST" && (edge === "messages" || edge === "message_attachments");
  const instagram = platformOf(call) === "instagram";
  switch (code) {
    case 4:
      return true;
    case 17:
    case 32:
      return auth.kind === "user" || auth.kind === "system_user";
    case 80001:
      return auth.kind === "page" && !sends;
    case 80002:
      return auth.kind === "page" && sends && instagram;
    case 80006:
      return auth.kind === "page" && sends && !instagram;
    default:
      return auth.kind === "page" && sends;
  }
}

function platformOf(call: Call): Platform {
  if (param(call, "platform") === "instagram") return "instagram";
  const recipient = /\d{6,}/.exec(JSON.stringify(call.values.recipient ?? ""))?.[0] ?? "";
  return call.sim.store.customer(recipient)?.platform ?? "messenger";
}

/** Refuses a call while the switch `callLimit` says that its limit is reached; the headers tell for how long. */
export function checkCallLimit(call: Call, auth: Auth): void {
  const { sim } = call;
  const limit = sim.store.state.faults.callLimit;
  const left = limit ? limit.until - sim.now() : 0;
  if (!limit || left <= 0) return;
  const pageId = (auth.kind !== "app" && auth.token.pageId) || "";
  if ((limit.pageId && limit.pageId !== pageId) || !concerns(limit.code, call, auth)) return;
  const { init } = knownError(limit.code);
  const regainMinutes = Math.ceil(left / 60_000);
  const platform = platformOf(call);
  throw new GraphError({
    ...init,
    headers: limitHeaders({ code: limit.code, pageId, platform, regainMinutes, retryAfter: undefined }),
  });
}
