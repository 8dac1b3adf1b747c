import { PageRoles } from "@firstline/meta-wire";
import { sql } from "kysely";
import type { Deps } from "../../deps.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { Secret } from "../../platform/secrets/index.ts";

interface Asked {
  workspaceId: string;
  channelId: string;
  pageId: string;
}

/**
 * Writes down what each person who authorised the channel may do on the Page, and their name where a Page's token had not told it
 * (Graph API, Page / roles, v26). Meta names there only people who belong to no business: of whom it does not name, nothing is
 * claimed.
 */
export async function noteTasks(deps: Pick<Deps, "db" | "graph">, asked: Asked, token: Secret): Promise<void> {
  const told = await readTasks(deps, asked.pageId, token);
  if (told === null) return;
  const { workspaceId, channelId } = asked;
  await deps.db.transaction().execute(async (tx) => {
    await sql`select 1 from channel where workspace_id = ${workspaceId} and id = ${channelId} for update`.execute(tx);
    const { rows } = await sql`
      update authorizer a set tasks = n.tasks, name = coalesce(a.name, n.name)
      from jsonb_to_recordset(${JSON.stringify(told)}::jsonb) as n(id text, name text, tasks text[])
      where a.workspace_id = ${workspaceId} and a.channel_id = ${channelId} and a.external_user_id = n.id
        and (a.tasks is distinct from n.tasks or (a.name is null and n.name is not null))
      returning a.id`.execute(tx);
    if (rows.length > 0)
      await writeEvents(tx, [{ workspaceId, type: "channel.updated", conversationId: null, subjectId: channelId }]);
  });
}

interface PersonOnPage {
  /** For this app. */
  id: string;
  name?: string | undefined;
  tasks: string[];
}

/** Everybody Meta names, all pages of the answer; null: Meta does not tell. */
async function readTasks(deps: Pick<Deps, "graph">, pageId: string, token: Secret): Promise<PersonOnPage[] | null> {
  const told: PersonOnPage[] = [];
  let after: string | undefined;
  for (let n = 0; n < 10; n++) {
    const query = { fields: "id,name,tasks", limit: "100", ...(after ? { after } : {}) };
    const answer = await deps.graph.call({ method: "GET", path: `/${pageId}/roles`, query }, token);
    if (answer.kind === "no_answer" || answer.error) return null;
    const read = PageRoles.safeParse(answer.body);
    if (!read.success) return null;
    told.push(...read.data.data.map(({ id, name, tasks }) => ({ id, name, tasks })));
    after = read.data.paging?.next ? read.data.paging.cursors?.after : undefined;
    if (!after) break;
  }
  return told;
}
