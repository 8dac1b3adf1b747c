import { z } from "zod";
import { isRecord, readText } from "./guards.ts";
import { GraphId, Maybe, Paging, Texts, tolerantList, Unix } from "./parts.ts";

/**
 * Answers of the Graph API, tolerant: unknown members pass, ids become strings, a bad element of a list is left out
 * instead of costing the others. Read the text with `parseJson` first, so that long ids keep their digits.
 * Source: Graph API reference v25.0–v26.0 and answers seen in public code, read 2026-11.
 */

export interface GraphError {
  /** Null where Meta gave none, not even in the text. */
  code: number | null;
  subcode: number | null;
  type: string | null;
  message: string | null;
  /** Text for people, in the locale of the request. */
  userTitle: string | null;
  userMessage: string | null;
  /** Null: Meta does not say. */
  transient: boolean | null;
  traceId: string | null;
}

/**
 * The error of an answer, or null where it has none. Decide on code and subcode; texts are localised
 * (Graph API, "Handling Errors"; localised bodies seen for 10, 551 and 100 in public code, 2023–2026).
 */
export function readGraphError(body: unknown): GraphError | null {
  if (!isRecord(body) || body.error === undefined || body.error === null) return null;
  const error = isRecord(body.error) ? body.error : { message: readText(body.error_description) ?? body.error };
  const message = readText(error.message);
  return {
    code: integer(error.code) ?? integer(/\(#(-?\d{1,9})\)/.exec(message ?? "")?.[1]),
    subcode: integer(error.error_subcode),
    type: readText(error.type),
    message,
    userTitle: readText(error.error_user_title),
    userMessage: readText(error.error_user_msg),
    transient: typeof error.is_transient === "boolean" ? error.is_transient : null,
    traceId: readText(error.fbtrace_id),
  };
}

function integer(value: unknown): number | null {
  const number = typeof value === "string" && /^-?\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : null;
}

/** `POST /{page}/messages` with a message. `recipient_id` is absent for a `user_ref` recipient. */
export const SendAnswer = z.looseObject({
  message_id: GraphId,
  recipient_id: GraphId.optional(),
  attachment_id: GraphId.optional(),
});
export type SendAnswer = z.infer<typeof SendAnswer>;

/** `POST /{page}/message_attachments`: the id lives for 90 days (Saving assets, 2026-04-22). */
export const UploadAnswer = z.looseObject({ attachment_id: GraphId });

export const SuccessAnswer = z.looseObject({ success: z.boolean() });

/** `GET /oauth/access_token`. `expires_in` in seconds; absent for a token without an end. */
export const TokenAnswer = z.looseObject({
  access_token: z.string().min(1),
  token_type: z.string().optional(),
  expires_in: z.number().optional(),
});
export type TokenAnswer = z.infer<typeof TokenAnswer>;

/** `GET /debug_token`. Times are Unix seconds; `expires_at: 0` means no end. `target_ids` absent: granted for all. */
export const DebugToken = z.looseObject({
  data: z.looseObject({
    is_valid: z.boolean(),
    app_id: GraphId.optional(),
    type: z.string().optional(),
    application: z.string().optional(),
    profile_id: GraphId.optional(),
    user_id: GraphId.optional(),
    issued_at: Unix,
    expires_at: Unix,
    data_access_expires_at: Unix,
    scopes: Texts,
    granular_scopes: tolerantList(
      z.looseObject({ scope: z.string(), target_ids: z.array(GraphId).optional() }),
    ).default([]),
    error: z
      .looseObject({ code: z.number().optional(), subcode: z.number().optional(), message: z.string().optional() })
      .optional(),
  }),
});
export type DebugToken = z.infer<typeof DebugToken>;

/** A Page as `/me`, `/{page}` and `/me/accounts` give it; `access_token` and `tasks` only where asked for and allowed. */
export const GraphPage = z.looseObject({
  id: GraphId,
  name: z.string().catch("").default(""),
  access_token: z.string().optional(),
  tasks: Texts,
  category: z.string().optional(),
  picture: z.looseObject({ data: z.looseObject({ url: z.string().optional() }).optional() }).optional(),
  instagram_business_account: z
    .looseObject({
      id: GraphId,
      username: z.string().optional(),
      name: z.string().optional(),
      profile_picture_url: z.string().optional(),
    })
    .optional(),
});
export type GraphPage = z.infer<typeof GraphPage>;

/** `GET /me/accounts`. There is another page only where `paging.next` is; `cursors.after` stands on the last page too. */
export const AccountsPage = z.looseObject({ data: tolerantList(GraphPage), paging: Paging.optional() });
export type AccountsPage = z.infer<typeof AccountsPage>;

/** `GET /{page}/roles`: people with a role on the Page who belong to no business (Graph API, Page / roles, v26). */
export const PageRoles = z.looseObject({
  data: tolerantList(z.looseObject({ id: GraphId, name: z.string().optional(), tasks: Texts })),
  paging: Paging.optional(),
});
export type PageRoles = z.infer<typeof PageRoles>;

/** `GET /{page}/subscribed_apps`. */
export const SubscribedApps = z.looseObject({
  data: tolerantList(
    z.looseObject({ id: GraphId, name: z.string().optional(), link: z.string().optional(), subscribed_fields: Texts }),
  ),
});
export type SubscribedApps = z.infer<typeof SubscribedApps>;

/** `GET /{PSID}`. All members but `id` depend on what the app and the person allow; `{}` where nothing may be seen. */
export const MessengerProfile = z.looseObject({
  name: Maybe,
  first_name: Maybe,
  last_name: Maybe,
  profile_pic: Maybe,
  locale: Maybe,
});
/** `GET /{IGSID}`. `name` and `profile_pic` may be null. */
export const InstagramProfile = z.looseObject({ name: Maybe, username: Maybe, profile_pic: Maybe });
