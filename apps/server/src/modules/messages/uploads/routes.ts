import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Id, UploadVerdict } from "@firstline/contracts";
import { attachmentClass } from "@firstline/core";
import { sql } from "kysely";
import type { Deps } from "../../../deps.ts";
import { ApiError, notFound } from "../../../platform/http/problems.ts";
import type { App } from "../../../platform/http/server.ts";
import { conversationsById } from "../../conversations/index.ts";
import type { Judged } from "./check/verdict.ts";
import { contentRoute } from "./content.ts";
import { forgetFilesDaily } from "./forget-unsent.ts";
import { type Checker, CheckerBusy, createChecker } from "./pool.ts";
import { LARGEST_UPLOAD, type TakenFile, withUploadedFile } from "./take-file.ts";

/** Files agents send: judged on choosing, not on sending (S7), and files of either side: shown. */
export function attachmentRoutes(app: App, deps: Deps): void {
  const checker = createChecker();
  app.addHook("onClose", () => checker.stop());
  contentRoute(app, deps);
  forgetFilesDaily(deps);

  app.post(
    "/api/v1/attachments",
    {
      config: { permission: "conversations:write" },
      bodyLimit: LARGEST_UPLOAD,
      schema: {
        tags: ["attachments"],
        summary: "Upload a file for a reply (multipart: `file`, `conversationId`); judged at once",
        description:
          "A file that cannot be sent is answered with 422: `code` is the cause, `verdict` is `refused`, `class` is damaged, unsupported, mismatch or too_large.",
        consumes: ["multipart/form-data"],
        response: { 201: UploadVerdict },
      },
    },
    async (request, reply) => {
      const { workspaceId } = request.actor;
      const kept = await withUploadedFile(request, async (file) => {
        const id = Id.safeParse(file.fields.conversationId);
        if (!id.success)
          throw new ApiError(
            422,
            "invalid_request",
            "The multipart body needs the fields `file` and `conversationId`.",
          );
        const [conversation] = await conversationsById(deps.db, workspaceId, [id.data]);
        if (!conversation) throw notFound("conversation");
        const judged = await judge(deps, checker, conversation.platform, file);
        return keep(deps, workspaceId, id.data, judged);
      });
      return reply.status(201).send(kept);
    },
  );
}

/** @throws ApiError 422 with the cause, 429 while too many files wait. */
async function judge(
  deps: Deps,
  checker: Checker,
  platform: "messenger" | "instagram",
  file: TakenFile,
): Promise<Judged> {
  const job = { platform, name: file.name, input: file.path, output: join(file.folder, "out") };
  const judged = await checker.check(job).catch((error: unknown) => {
    throw error instanceof CheckerBusy
      ? new ApiError(429, "rate_limited", {
          en: "Too many files wait to be checked.",
          "zh-TW": "等候檢查的檔案太多。",
        })
      : error;
  });
  // Why it failed is for whoever runs this; names of files are the customer's affair and stay out of the log.
  if ("failed" in judged) deps.log.warn({ why: judged.failed }, "a file could not be read");
  const { cause } = judged;
  if ("failed" in judged || judged.verdict === "refused")
    throw new ApiError(422, cause ?? "attachment_unsupported", null, {
      ...{ verdict: "refused", cause: cause ?? "attachment_unsupported", class: attachmentClass(cause) },
    });
  return judged;
}

async function keep(deps: Deps, workspaceId: string, conversationId: string, judged: Judged): Promise<UploadVerdict> {
  const { verdict, cause, repairs, notes, name, contentType, width, height } = judged;
  const kind = judged.kind ?? "file";
  const bytes = await readFile(judged.path);
  const sha256 = createHash("sha256").update(bytes).digest();
  const { rows } = await sql<{ id: string }>`
    insert into attachment (workspace_id, conversation_id, kind, name, content_type, size, width, height, state, verdict, sha256)
    values (${workspaceId}, ${conversationId}, ${kind}, ${name}, ${contentType}, ${bytes.length}, ${width}, ${height}, 'pending', ${JSON.stringify({ cause, repairs, notes })}::jsonb, ${sha256}) returning id`.execute(
    deps.db,
  );
  const { id } = rows[0]!;
  const key = `${workspaceId}/uploads/${id}`;
  await deps.blobs.put(key, bytes, contentType);
  await sql`update attachment set state = 'stored', blob_key = ${key} where workspace_id = ${workspaceId} and id = ${id}`.execute(
    deps.db,
  );
  return {
    id,
    verdict: verdict === "repaired" ? "repaired" : "ok",
    cause,
    class: attachmentClass(cause),
    repairs,
    notes,
    kind,
    name,
    contentType,
    size: bytes.length,
    url: `/api/v1/attachments/${id}/content`,
  };
}
