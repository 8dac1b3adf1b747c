import { AcceptInvitation, InvitationPreview, Role } from "@firstline/contracts";
import { z } from "zod";
import { addUser, EmailTaken, emailTaken, hashOf } from "../../platform/auth/index.ts";
import type { Q } from "../../platform/db/pool.ts";
import { ApiError, type Words } from "../../platform/http/problems.ts";
import type { App } from "../../platform/http/server.ts";
import { conflict, type Team } from "./context.ts";
import { hashOfToken } from "./invitation-rows.ts";

const Params = z.object({ token: z.string().min(20).max(100) });

/** The invited person's side: the link shows what it leads to, a name and a password make the account. The token is the proof. */
export function joinRoutes(app: App, team: Team): void {
  const { deps } = team;

  app.get(
    "/api/v1/invitations/by-token/:token",
    {
      config: { public: true },
      schema: { tags: ["team"], security: [], params: Params, response: { 200: InvitationPreview } },
    },
    async (request) => {
      const open = await openInvitation(deps.db, request.params.token, deps.clock());
      return { email: open.email, role: Role.parse(open.role), workspaceName: open.workspaceName };
    },
  );

  app.post(
    "/api/v1/invitations/by-token/:token/accept",
    {
      config: { public: true },
      schema: {
        tags: ["team"],
        security: [],
        params: Params,
        body: AcceptInvitation,
        response: { 201: z.object({ email: z.string() }) },
      },
    },
    async (request, reply) => {
      const email = await join(team, request.params.token, request.body);
      return reply.status(201).send({ email });
    },
  );
}

/** @returns the e-mail address to sign in with. @throws ApiError 404 for a link that leads nowhere (any more), 409. */
async function join({ deps }: Team, token: string, wish: z.infer<typeof AcceptInvitation>): Promise<string> {
  // Hashing is dear: nobody makes us do it without a good link.
  const { email } = await openInvitation(deps.db, token, deps.clock());
  if (await emailTaken(deps.db, email)) throw taken(email);
  const passwordHash = await hashOf(wish.password);
  return deps.db.transaction().execute(async (tx) => {
    const now = new Date(deps.clock());
    // Of several who use the link at once, one marks it used; the others wait here and then find nothing to mark.
    const claimed = await tx
      .updateTable("invitation")
      .set({ accepted_at: now })
      .where("token_hash", "=", hashOfToken(token))
      .where("accepted_at", "is", null)
      .where("expires_at", ">", now)
      .returning(["workspace_id", "email", "role"])
      .executeTakeFirst();
    if (!claimed) throw used();
    const userId = await addUser(tx, { name: wish.name, email: claimed.email, passwordHash }).catch(
      (error: unknown) => {
        throw error instanceof EmailTaken ? taken(claimed.email) : error;
      },
    );
    await tx
      .insertInto("member")
      .values({ workspace_id: claimed.workspace_id, user_id: userId, role: claimed.role })
      .execute();
    return claimed.email;
  });
}

async function openInvitation(q: Q, token: string, now: number) {
  const found = await q
    .selectFrom("invitation")
    .innerJoin("workspace", "workspace.id", "invitation.workspace_id")
    .select(["email", "role", "expires_at", "accepted_at", "workspace.name as workspaceName"])
    .where("token_hash", "=", hashOfToken(token))
    .executeTakeFirst();
  if (!found)
    throw gone({
      en: "There is no such invitation. It may have been withdrawn or replaced by a newer one.",
      "zh-TW": "找不到這個邀請，可能已撤回或已被新的邀請取代。",
    });
  if (found.accepted_at) throw used();
  if (found.expires_at.getTime() <= now)
    throw gone({ en: "This invitation has expired. Ask for a new one.", "zh-TW": "這個邀請已過期，請索取新的邀請。" });
  return found;
}

const gone = (detail: Words) => new ApiError(404, "not_found", detail);
const used = () => gone({ en: "This invitation was used already.", "zh-TW": "這個邀請已使用過。" });
const taken = (email: string) =>
  conflict({
    en: `${email} has an account here already. Sign in with it, or ask for an invitation to another address.`,
    "zh-TW": `${email} 在這裡已有帳號。請用該帳號登入，或請對方邀請另一個地址。`,
  });
