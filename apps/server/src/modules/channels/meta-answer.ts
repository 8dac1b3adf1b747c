import { classifyFault, faultOf } from "@firstline/core";
import type { GraphAnswer } from "../../platform/graph/client.ts";
import { ApiError } from "../../platform/http/problems.ts";

/** The body of a good answer. @throws ApiError saying what Meta said otherwise. */
export function bodyOf(answer: GraphAnswer): unknown {
  if (answer.kind === "no_answer")
    throw new ApiError(502, "meta_unreachable", {
      en: `Meta could not be reached (${answer.message}).`,
      "zh-TW": `無法連線到 Meta（${answer.message}）。`,
    });
  if (answer.error) {
    const { code, subcode, message, transient: isTransient, traceId } = answer.error;
    const fault = classifyFault({
      httpStatus: answer.httpStatus,
      code,
      subcode,
      message,
      isTransient,
      stage: "answered",
    });
    // What passes by itself is Meta's matter: the same request may succeed in a minute.
    const passes = faultOf(fault).retry === "backoff" || faultOf(fault).retry === "after_wait";
    throw new ApiError(passes ? 502 : 422, fault, message, { metaCode: code, metaSubcode: subcode, traceId });
  }
  return answer.body;
}
