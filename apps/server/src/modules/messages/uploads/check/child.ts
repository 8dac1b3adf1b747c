import type { FaultCode } from "@firstline/core";
import sharp from "sharp";
import { judge } from "./judge.ts";
import type { CheckJob, Judged } from "./verdict.ts";

// The process that opens files: one at a time, without network, environment or anything else of the server's.

/** Thrown by what is meant for the asker's log; the person is told that the file could not be read. */
export type Answer = Judged | { failed: string; cause: FaultCode };

sharp.concurrency(1);
sharp.cache(false);
process.on("message", (job: CheckJob) => {
  judge(job).then(answer, (error: unknown) =>
    answer({
      failed: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      cause: "attachment_unreadable",
    }),
  );
});
process.on("disconnect", () => process.exit(0));

function answer(result: Answer): void {
  process.send?.(result);
}
