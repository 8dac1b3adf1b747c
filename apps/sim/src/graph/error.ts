import { traceId } from "../store/ids.ts";

export interface GraphErrorInit {
  message: string;
  code: number;
  subcode?: number;
  type?: string;
  isTransient?: boolean;
  userTitle?: string;
  userMessage?: string;
  /** `error_data`. */
  data?: Record<string, unknown>;
  status?: number;
  /** Sent with the answer, e.g. how full a limit is. */
  headers?: Record<string, string>;
}

/**
 * An error in Graph's envelope. Source: Graph API, "Error handling" and live bodies (meta-sending §3.1).
 */
export class GraphError extends Error {
  readonly init: GraphErrorInit;

  constructor(init: GraphErrorInit) {
    super(init.message);
    this.init = init;
  }

  /** Meta publishes no HTTP status for these; observed: 400, 403 for Instagram's code 10, 5xx for faults on its side (§3.2). */
  get status(): number {
    const { code, subcode, status } = this.init;
    if (status) return status;
    if (code === 10 && subcode !== undefined && String(subcode).startsWith("2534")) return 403;
    if ([1, -1, -2, 1200].includes(code) || (code === 2 && subcode === undefined)) return 500;
    return 400;
  }

  body(): { error: Record<string, unknown> } {
    const { message, type, code, subcode, isTransient, userTitle, userMessage, data } = this.init;
    return {
      error: {
        message,
        type: type ?? "OAuthException",
        ...(isTransient !== undefined && { is_transient: isTransient }),
        code,
        ...(subcode !== undefined && { error_subcode: subcode }),
        ...(userTitle !== undefined && { error_user_title: userTitle }),
        ...(userMessage !== undefined && { error_user_msg: userMessage }),
        ...(data !== undefined && { error_data: data }),
        fbtrace_id: traceId(),
      },
    };
  }
}

/** Codes Meta marks as transient (meta-sending §3.3). */
const TRANSIENT = new Set([1, 2, 4, 17, 32, 341, 613, 1200, 80001, 80002, 80006]);

export function graphError(code: number, subcode: number | undefined, message: string): GraphError {
  return new GraphError({
    code,
    ...(subcode !== undefined && { subcode }),
    message,
    ...(TRANSIENT.has(code) && subcode === undefined && { isTransient: true }),
  });
}
