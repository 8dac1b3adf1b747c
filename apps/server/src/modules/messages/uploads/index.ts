export {
  type AtMeta,
  bringToMeta,
  CALL_TIMEOUT_MS,
  forgetUploads,
  type Left,
  type OwnFile,
  type Stopped,
} from "./at-meta.ts";
export { attachmentRoutes } from "./routes.ts";
