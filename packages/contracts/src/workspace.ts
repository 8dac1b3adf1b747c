import { z } from "zod";
import { Id } from "./common.ts";

/** What holds for everybody in the workspace. */
export const Workspace = z.object({
  id: Id,
  name: z.string(),
  typingShown: z.boolean().describe("Customers see that somebody is typing."),
  seenShown: z.boolean().describe("Customers see that their message was read."),
});
export type Workspace = z.infer<typeof Workspace>;
export const UpdateWorkspace = z.object({
  name: z.string().trim().min(1).max(100).optional(),
  typingShown: z.boolean().optional(),
  seenShown: z.boolean().optional(),
});
export type UpdateWorkspace = z.infer<typeof UpdateWorkspace>;
