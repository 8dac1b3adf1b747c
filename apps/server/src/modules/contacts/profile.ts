import { createHash } from "node:crypto";
import { sql } from "kysely";
import sharp from "sharp";
import type { Platform, ProfileResult } from "../../adapters/channel.ts";
import { adapterFor } from "../../adapters/index.ts";
import type { Deps } from "../../deps.ts";
import { writeEvents } from "../../platform/outbox/index.ts";
import type { ChannelsModule } from "../channels/index.ts";
import { askThoseWithoutPermission } from "./ask-again.ts";
import { askParticipants } from "./participants.ts";

const LARGEST_PICTURE = 5_000_000;

/**
 * The job that reads a contact's name and picture from Meta. It runs beside the messages, never before them, and what it
 * cannot read becomes a stored reason that the agent sees, and the name is taken from the conversation (O1). Our own name for
 * the person is never touched. A guest of the former chat plugin has no profile to ask for.
 */
export function readProfiles(deps: Deps, channels: ChannelsModule): void {
  deps.jobs.define<{ workspaceId: string; contactId: string }>(
    "contacts.profile",
    { retryLimit: 5, concurrency: 6 },
    async ({ workspaceId, contactId }) => {
      const { rows } = await sql<{
        external_id: string;
        channel_id: string;
        platform: Platform;
        account_id: string;
        page_id: string;
        is_guest: boolean;
        picture_key: string | null;
        conversation_id: string | null;
      }>`
      select c.external_id, c.channel_id, h.platform, h.external_id as account_id, h.page_id, c.is_guest, c.picture_key, v.id as conversation_id from contact c
      join channel h on h.workspace_id = c.workspace_id and h.id = c.channel_id
      left join conversation v on v.workspace_id = c.workspace_id and v.channel_id = c.channel_id and v.contact_id = c.id
      where c.workspace_id = ${workspaceId} and c.id = ${contactId}`.execute(deps.db);
      const contact = rows[0];
      if (!contact) return;
      const fromConversation = () =>
        askParticipants(deps, channels, {
          workspaceId,
          channelId: contact.channel_id,
          platform: contact.platform,
          accountId: contact.account_id,
          pageId: contact.page_id,
          contactExternalId: contact.external_id,
        });
      if (contact.is_guest) return fromConversation();
      const adapter = adapterFor(contact.platform);
      const answer = await channels.call(
        workspaceId,
        contact.channel_id,
        adapter.buildProfileRead(contact.external_id),
      );
      if (answer === null) return;
      if (answer.kind === "no_answer") throw new Error(`profile not read: ${answer.message}`);
      const e = answer.error;
      if (e?.code === 190) return;
      const profile: ProfileResult = e
        ? adapter.profileFailure({
            httpStatus: answer.httpStatus,
            code: e.code,
            subcode: e.subcode,
            message: e.message,
          })
        : adapter.readProfile(answer.body);
      const named = profile.ok && (profile.name ?? profile.username) !== null;
      const pictureKey =
        profile.ok && profile.pictureUrl ? await keepPicture(deps, workspaceId, contactId, profile.pictureUrl) : null;

      const kept = await deps.db.transaction().execute(async (tx) => {
        const { rows: there } = await sql`
          select 1 from contact where workspace_id = ${workspaceId} and id = ${contactId} for update`.execute(tx);
        if (there.length === 0) return false;
        if (profile.ok)
          await sql`update contact set meta_name = coalesce(${profile.name}, case when name_source = 'participants' then meta_name end), username = coalesce(${profile.username}, case when name_source = 'participants' then username end),
          locale = coalesce(${profile.locale}, locale), name_reason = ${named ? null : "unknown"}, name_source = case when ${named} then 'profile' else name_source end, name_tries = 0, picture_key = coalesce(${pictureKey}, picture_key), profile_read_at = now() where workspace_id = ${workspaceId} and id = ${contactId}`.execute(
            tx,
          );
        else
          await sql`update contact set name_reason = ${profile.reason}, profile_read_at = now() where workspace_id = ${workspaceId} and id = ${contactId}`.execute(
            tx,
          );
        await writeEvents(tx, [
          { workspaceId, type: "contact.updated", conversationId: contact.conversation_id, subjectId: contactId },
          ...(contact.conversation_id
            ? [
                {
                  workspaceId,
                  type: "conversation.updated" as const,
                  conversationId: contact.conversation_id,
                  subjectId: contact.conversation_id,
                },
              ]
            : []),
        ]);
        return true;
      });
      if (!kept) {
        // Deleted meanwhile: then nothing of the person is kept.
        if (pictureKey) await deps.blobs.remove(pictureKey);
        return;
      }
      if (named) await askThoseWithoutPermission(deps, workspaceId, contact.channel_id);
      else await fromConversation();
      // Nobody knows why: the job comes again, the reason stands meanwhile.
      if (!profile.ok && profile.reason === "unknown")
        throw new Error(`profile not read: ${e?.message ?? "unreadable answer"}`);
    },
  );
}

/** Meta's picture addresses expire: the picture is copied, small. A picture that cannot be read is simply none. */
async function keepPicture(deps: Deps, workspaceId: string, contactId: string, url: string): Promise<string | null> {
  try {
    const { bytes } = await deps.fetch.read(url, { maxBytes: LARGEST_PICTURE, timeoutMs: 10_000 });
    const small = await sharp(bytes, { limitInputPixels: 40_000_000 })
      .rotate()
      .resize(128, 128, { fit: "cover" })
      .webp({ quality: 82 })
      .toBuffer();
    const key = `${workspaceId}/contacts/${contactId}/${createHash("sha256").update(small).digest("hex").slice(0, 16)}`;
    await deps.blobs.put(key, small, "image/webp");
    return key;
  } catch (err) {
    deps.log.debug({ err, contactId }, "profile picture not kept");
    return null;
  }
}
