import { Secret } from "../../../src/platform/secrets/index.ts";
import {
  makeAuthorizer,
  makeChannel,
  makeContact,
  makeConversation,
  makeMessage,
  type Person,
  type TestApp,
} from "../../harness/index.ts";

/** One of everything in the workspace of the test's key that has an id: by the parameter of an address, else by its folder. */
export async function oneOfEverything(t: TestApp, owner: Person): Promise<Record<string, string>> {
  const ids = { workspace_id: t.workspaceId };
  const channel = await makeChannel(t.deps, ids);
  const authorizer = await makeAuthorizer(t.deps, channel, "EAATESTSECOND");
  const contact = await makeContact(t.deps, channel, { picture_key: "a/picture" });
  await t.deps.blobs.put("a/picture", Buffer.from("picture"), "image/webp");
  const conversation = await makeConversation(t.deps, channel, { contact_id: contact.id, unread_count: 1 });
  const message = await makeMessage(t.deps, conversation, {
    direction: "outbound",
    client_id: "mine",
    state: "failed",
    external_id: null,
  });
  await t.deps.blobs.put("a/file", Buffer.from("file"), "text/plain");
  const file = await t.deps.db
    .insertInto("attachment")
    .values({
      ...ids,
      conversation_id: conversation.id,
      kind: "file",
      name: "a.txt",
      state: "stored",
      blob_key: "a/file",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const delivery = await t.deps.db
    .insertInto("delivery")
    .values({ body: Buffer.from("{}"), state: "done", workspaces: [t.workspaceId] })
    .returning("id")
    .executeTakeFirstOrThrow();
  const template = await t.deps.db
    .insertInto("template")
    .values({
      ...{ ...ids, channel_id: channel.id, external_id: "1", name: "a", language: "en", status: "APPROVED" },
      ...{ components: JSON.stringify([{ type: "BODY", text: "A" }]), status_at: new Date(t.clock.now()) },
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const sealed = t.deps.vault.seal(new Secret("[]"));
  const comment = await t.deps.db
    .insertInto("comment")
    .values({
      ...ids,
      channel_id: channel.id,
      external_id: "c_1",
      author_external_id: "77",
      at: new Date(t.clock.now()),
      changed_at: new Date(t.clock.now()),
      text: "price?",
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const grant = await t.deps.db
    .insertInto("channel_grant")
    .values({
      ...ids,
      member_id: owner.memberId,
      state_hash: Buffer.from("x"),
      pages_ciphertext: sealed,
      key_id: t.deps.vault.keyId,
      expires_at: new Date(t.clock.now() + 60_000),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const key = await t.call<{ id: string }>("POST", "/api-keys", {
    headers: owner.headers,
    body: { name: "A", role: "agent" },
  });
  const invitation = await t.call<{ id: string }>("POST", "/invitations", {
    headers: owner.headers,
    body: { email: "new@example.test", role: "agent" },
  });
  const member = await t.asMember("agent");
  const request = await t.deps.db
    .insertInto("deletion_request")
    .values({ ...ids, code: "A", external_user_id: "1", received_at: new Date(t.clock.now()), state: "open" })
    .returning("id")
    .executeTakeFirstOrThrow();
  const words = { title: "A", evidence: "A", fix: "" };
  const incident = await t.deps.db
    .insertInto("incident")
    .values({
      ...ids,
      subject: channel.id,
      channel_id: channel.id,
      code: "silence",
      severity: "warning",
      owner: "meta",
      words: JSON.stringify({ en: words, "zh-TW": words }),
      since: new Date(t.clock.now()),
      confirmed_at: new Date(t.clock.now()),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const link = await t.call<{ id: string }>("POST", `/channels/${channel.id}/reauthorization-links`, {
    headers: owner.headers,
    body: { expiresInHours: 1 },
  });
  const device = await t.call<{ id: string }>("POST", "/me/push-subscriptions", {
    headers: owner.headers,
    body: {
      endpoint: "https://push.example.test/device",
      keys: { p256dh: "B".padEnd(87, "A"), auth: "A".repeat(22) },
      name: "Firefox",
    },
  });
  return {
    channels: channel.id,
    "push-subscriptions": device.json.id,
    linkId: link.json.id,
    authorizerId: authorizer.id,
    incidents: incident.id,
    contacts: contact.id,
    conversations: conversation.id,
    messageId: message.id,
    comments: comment.id,
    attachments: file.id,
    deliveries: String(delivery.id),
    grants: grant.id,
    "api-keys": key.json.id,
    invitations: invitation.json.id,
    members: member.memberId,
    templateId: template.id,
    "deletion-requests": request.id,
  };
}
