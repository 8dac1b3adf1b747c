import { accessTokenEndpoint } from "../oauth/access-token.ts";
import { coversPage, pageTokenOf } from "../store/tokens.ts";
import { type Auth, requirePageToken, unsupported } from "./auth.ts";
import { auth as authOf, type Call, fieldsParam } from "./call.ts";
import { checkCallLimit } from "./call-limit.ts";
import { conversationList, conversationNode } from "./conversations/api.ts";
import { GraphError } from "./error.ts";
import { pick } from "./fields.ts";
import { linkedInstagram, seesInstagram } from "./instagram-access.ts";
import { appNode } from "./nodes/app.ts";
import { commentNode } from "./nodes/comment.ts";
import { customerProfile } from "./nodes/customer.ts";
import { debugToken } from "./nodes/debug-token.ts";
import { instagramFields, pageFields } from "./nodes/page.ts";
import { pageRoles } from "./nodes/page-roles.ts";
import { subscribedApps } from "./nodes/subscribed-apps.ts";
import { isControlEdge, threadControl } from "./nodes/thread-control.ts";
import { userNode } from "./nodes/user.ts";
import { ready } from "./ready-errors.ts";
import { sendMessage } from "./send/send.ts";
import { uploadAttachment } from "./send/upload.ts";
import { requireTask } from "./tasks.ts";
import { templateLibrary, templateNode, templatesOfPage } from "./templates/api.ts";
import { dataAccessOver } from "./token-death.ts";

/** Edges a Page token alone may use under `me`. */
const OF_A_PAGE = ["messages", "message_attachments", "message_templates", "subscribed_apps", "conversations"];

/** Finds who answers a Graph call. What does not exist is refused loudly, in Graph's own words. */
export async function route(call: Call): Promise<unknown> {
  const [first, edge, ...rest] = call.segments;
  if (first === undefined) {
    throw new GraphError({
      code: 100,
      type: "GraphMethodException",
      message: `Unsupported ${call.method.toLowerCase()} request. Batch and multi-id requests are not part of the local Meta.`,
    });
  }
  if (first === "oauth" && edge === "access_token" && rest.length === 0) return accessTokenEndpoint(call);
  if (rest.length > 0) throw new GraphError({ code: 2500, message: `Unknown path components: /${rest.join("/")}` });
  const auth = authOf(call);
  checkCallLimit(call, auth);
  checkDataAccess(call, auth);
  if (first === "debug_token" && edge === undefined && call.method === "GET") return debugToken(call, auth);
  if (first === "message_template_library" && edge === undefined && call.method === "GET")
    return templateLibrary(call, auth);
  if (first === "me") return await me(call, auth);
  return await node(call, auth, first);
}

/**
 * Ninety days after the person last granted it the app may read nothing more of theirs, though the token is valid; what is
 * no reading goes on. Meta gives no text for it (Facebook Login, "Authentication versus data access"; meta-sending §6.3).
 */
function checkDataAccess(call: Call, auth: Auth): void {
  if (auth.kind === "app" || call.method !== "GET" || call.segments[0] === "debug_token") return;
  if (!dataAccessOver(auth.token, call.sim.now())) return;
  throw new GraphError({
    code: 10,
    message: "(#10) The app's access to this user's data has expired. The user must log in again to renew it.",
  });
}

async function me(call: Call, auth: Auth): Promise<unknown> {
  if (auth.kind === "app") {
    throw new GraphError({
      code: 2500,
      message: "An active access token must be used to query information about the current user.",
    });
  }
  if (auth.kind === "page") return await pageNode(call, auth, requirePageToken(call.sim, auth).id);
  const edge = call.segments[1];
  if (edge !== undefined && OF_A_PAGE.includes(edge)) requirePageToken(call.sim, auth);
  const user = call.sim.store.state.users.find((candidate) => candidate.id === auth.token.userId);
  if (!user) throw unsupported(call.method, "me");
  return userNode(call, auth, user);
}

async function node(call: Call, auth: Auth, id: string): Promise<unknown> {
  const { store } = call.sim;
  const app = store.state.apps.find((candidate) => candidate.id === id) ?? (id === "app" ? auth.app : undefined);
  if (app) return await appNode(call, auth, app);
  if (store.page(id)) return await pageNode(call, auth, id);
  if (store.pageByInstagram(id)) return instagramNode(call, auth, id);
  const user = store.state.users.find((candidate) => candidate.id === id);
  if (user && auth.kind !== "app" && auth.kind !== "page" && auth.token.userId === id)
    return userNode(call, auth, user);
  const template = templateNode(call, auth, id);
  if (template) return template.answer;
  const comment = commentNode(call, auth, id);
  if (comment) return comment.answer;
  const conversation = conversationNode(call, auth, id);
  if (conversation) return conversation.answer;
  const customer = store.customer(id);
  // An id of another Page is as unknown as one that does not exist.
  if (customer && auth.kind === "page" && auth.token.pageId === customer.pageId)
    return customerProfile(call, auth, customer);
  throw unsupported(call.method, id);
}

async function pageNode(call: Call, auth: Auth, id: string): Promise<unknown> {
  const { sim } = call;
  const page = sim.store.page(id);
  const edge = call.segments[1];
  if (!page || page.deleted || auth.kind === "app") throw unsupported(call.method, id);
  if (edge === undefined && call.method === "GET") {
    const own = auth.kind === "page" ? auth.token.pageId === id : coversPage(auth.token, id);
    if (!own) {
      throw new GraphError({
        code: 10,
        message:
          "(#10) Object does not exist, cannot be loaded due to missing permission or reviewable feature, or does not support this operation. This endpoint requires the 'pages_read_engagement' permission or the 'Page Public Content Access' feature.",
      });
    }
    return pick("Page", id, fieldsParam(call), "name,id", {
      ...pageFields(call, page, auth),
      access_token: () => {
        if (auth.kind === "page") return auth.value;
        // Who has no role there gets no token of the Page.
        if (!page.roles[auth.token.userId]) return undefined;
        const token = pageTokenOf(sim.store.state, auth.token, page.id, sim.now());
        sim.store.touch();
        return token.value;
      },
      tasks: () => page.roles[auth.token.userId] ?? [],
    });
  }
  if (edge === "conversations" && call.method === "GET") {
    if (requirePageToken(sim, auth).id !== id) throw unsupported(call.method, id);
    return conversationList(call, auth, page);
  }
  if (edge === "roles" && call.method === "GET") {
    if (requirePageToken(sim, auth).id !== id) throw unsupported(call.method, id);
    return pageRoles(call, auth, page);
  }
  if (edge === "message_templates") {
    if (requirePageToken(sim, auth).id !== id) throw unsupported(call.method, id);
    return templatesOfPage(call, auth, page);
  }
  if (isControlEdge(edge, call.method)) {
    if (requirePageToken(sim, auth).id !== id) throw unsupported(call.method, id);
    requireTask(auth, page, ["MESSAGING"]);
    return threadControl(call, auth, page);
  }
  if (edge === "messages" || edge === "message_attachments" || edge === "subscribed_apps") {
    const own = requirePageToken(sim, auth);
    if (own.id !== id) throw unsupported(call.method, id);
    if (edge === "subscribed_apps") return subscribedApps(call, auth, page);
    if (call.method === "POST" && edge === "message_attachments") requireTask(auth, page, ["MESSAGING"]);
    if (call.method === "POST")
      return edge === "messages" ? await sendMessage(call, auth, page) : await uploadAttachment(call, page);
  }
  if (edge && call.method === "GET") {
    throw new GraphError({
      code: 100,
      message: `(#100) Tried accessing nonexisting field (${edge}) on node type (Page)`,
    });
  }
  throw unsupported(call.method, id);
}

/** The Instagram account behind a Page. Sending goes through the Page: this path has no such capability (§1.1). */
function instagramNode(call: Call, auth: Auth, id: string): unknown {
  const page = call.sim.store.pageByInstagram(id);
  const account = page && !page.deleted ? linkedInstagram(page) : null;
  const own = account && auth.kind !== "app" && coversPage(auth.token, page?.id ?? "") && seesInstagram(auth, account);
  if (!page || !own) throw unsupported(call.method, id);
  const edge = call.segments[1];
  if (edge === "messages" && call.method === "POST") throw ready.capability();
  if (edge === undefined && call.method === "GET")
    return pick("IGUser", id, fieldsParam(call), "id", instagramFields(call, page));
  if (edge && call.method === "GET") {
    throw new GraphError({
      code: 100,
      message: `(#100) Tried accessing nonexisting field (${edge}) on node type (IGUser)`,
    });
  }
  throw unsupported(call.method, id);
}
