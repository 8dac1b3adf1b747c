import { sql } from "kysely";
import { z } from "zod";
import type { Deps } from "../../deps.ts";
import type { App } from "../../platform/http/server.ts";

type State = "unknown" | "open" | "done";

const WORDS: Record<State, { en: [string, string]; zhTW: [string, string] }> = {
  unknown: {
    en: ["No such request", "There is no request with this code. Look at the code Meta gave you."],
    zhTW: ["查無此申請", "沒有這個代碼的申請，請確認 Meta 提供給您的代碼。"],
  },
  open: {
    en: [
      "Your request is being worked on",
      "It was received on {date}. The people who run this service look for what belongs to you and delete it.",
    ],
    zhTW: ["您的申請正在處理中", "已於 {date} 收到。本服務的管理人員正在查找並刪除屬於您的資料。"],
  },
  done: {
    en: ["Your request is done", "It was received on {date} and finished on {done}. What was found of you is deleted."],
    zhTW: ["您的申請已完成", "已於 {date} 收到，並於 {done} 完成。與您相關的資料均已刪除。"],
  },
};

/**
 * `GET /data-deletion/{code}`: where Meta sends a person who asked for deletion. Says the state in words and nothing else, for whoever
 * has the code may look.
 */
export function statusPage(app: App, deps: Pick<Deps, "db">): void {
  app.get(
    "/data-deletion/:code",
    {
      config: { public: true },
      schema: { hide: true, params: z.object({ code: z.string().max(64) }) },
    },
    async (request, reply) => {
      const { rows } = await sql<{ received: Date | null; done: Date | null; open: boolean | null }>`
        select min(received_at) as received, max(done_at) as done, bool_or(state = 'open') as open from deletion_request where code = ${request.params.code}`.execute(
        deps.db,
      );
      const { received, done, open } = rows[0]!;
      const state: State = received === null ? "unknown" : open ? "open" : "done";
      return reply
        .status(state === "unknown" ? 404 : 200)
        .header("cache-control", "no-store")
        .type("text/html; charset=utf-8")
        .send(page(state, request.locale, received, done));
    },
  );
}

function page(state: State, locale: "en" | "zh-TW", received: Date | null, done: Date | null): string {
  const [title, text] = locale === "zh-TW" ? WORDS[state].zhTW : WORDS[state].en;
  const day = (at: Date | null) =>
    at ? new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" }).format(at) : "";
  const words = text.replace("{date}", day(received)).replace("{done}", day(done));
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.6 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto 0; padding: 0 1.25rem; }
h1 { font-size: 1.375rem; line-height: 1.3; }
</style>
</head>
<body>
<main data-testid="deletion-status" data-state="${state}">
<h1>${title}</h1>
<p>${words}</p>
</main>
</body>
</html>
`;
}
