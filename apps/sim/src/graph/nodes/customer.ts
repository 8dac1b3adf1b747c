import { avatarUrl } from "../../store/media-url.ts";
import type { Customer } from "../../store/types.ts";
import { type Auth, unsupported } from "../auth.ts";
import { type Call, fieldsParam } from "../call.ts";
import { GraphError, graphError } from "../error.ts";
import { pick } from "../fields.ts";
import { instagramFault } from "../instagram-access.ts";

const MESSENGER_DEFAULT = "first_name,last_name,profile_pic,id";
const INSTAGRAM_DEFAULT = "name,username,profile_pic,id";

/**
 * Profile of a customer, by page-scoped or Instagram-scoped id. How it fails depends on the customer's account
 * (Messenger Platform, User Profile, 2026-03-18; Instagram Messaging, User Profile; meta-receiving §5.1, §5.4).
 */
export function customerProfile(call: Call, auth: Auth, customer: Customer): unknown {
  const { sim } = call;
  if (call.method !== "GET" || call.segments.length > 1) throw unsupported(call.method, customer.id);
  const wrote = sim.store.thread(customer).messages.some((message) => message.from === "customer");
  if (customer.platform === "instagram") {
    const page = sim.store.page(customer.pageId);
    const hidden = page ? instagramFault(auth, page) : unsupported("GET", customer.id);
    if (hidden) throw hidden;
    if (customer.kind === "deleted") {
      throw new GraphError({ code: 9010, type: "IGApiException", message: "No matching Instagram user" });
    }
    if (!wrote) throw graphError(230, undefined, "(#230) User consent is required to access user profile");
    return pick(
      "IGBusinessScopedID",
      customer.id,
      fieldsParam(call),
      INSTAGRAM_DEFAULT,
      instagramFields(call, customer),
    );
  }
  if (sim.store.page(customer.pageId)?.profileAccess === false) {
    // Nothing asked for by name, nothing told; a field asked for by name is refused (meta-receiving §5.1).
    if (fieldsParam(call) === undefined) return {};
    throw graphError(100, 2018247, "(#100) Insufficient permission to access user profile");
  }
  if (customer.kind === "phone_number") throw graphError(100, 2018218, "(#100) No profile available for this user.");
  if (customer.kind === "guest" || customer.kind === "deleted") throw unsupported("GET", customer.id);
  if (customer.blocked)
    throw new GraphError({ code: 2, message: "An unexpected error has occurred. Please retry your request later." });
  // No consent yet (an ad was clicked, nothing written): an empty object, not an error.
  if (customer.kind === "ad_only" && !wrote) return {};
  return pick("User", customer.id, fieldsParam(call), MESSENGER_DEFAULT, messengerFields(call, customer));
}

function messengerFields(call: Call, customer: Customer) {
  return {
    id: () => customer.id,
    name: () => customer.name,
    first_name: () => customer.firstName,
    last_name: () => customer.lastName,
    profile_pic: () => avatarUrl(call.sim, customer.id),
    locale: () => customer.locale,
    timezone: () => customer.timezone,
    gender: () => customer.gender ?? undefined,
  };
}

function instagramFields(call: Call, customer: Customer) {
  return {
    id: () => customer.id,
    name: () => customer.name,
    username: () => customer.username ?? undefined,
    profile_pic: () => avatarUrl(call.sim, customer.id),
    follower_count: () => 312,
    is_user_follow_business: () => true,
    is_business_follow_user: () => false,
    is_verified_user: () => false,
  };
}
