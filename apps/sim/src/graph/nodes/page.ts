import { routingOf } from "../../routing/rules.ts";
import { avatarUrl } from "../../store/media-url.ts";
import type { Page } from "../../store/types.ts";
import type { Auth } from "../auth.ts";
import type { Call } from "../call.ts";
import { type Field, pick, type Resolver } from "../fields.ts";
import { linkedInstagram, seesInstagram } from "../instagram-access.ts";

const CATEGORY_IDS: Record<string, string> = { "Clothing (Brand)": "2209", "Tea Room": "197048876974331" };

/** Readable fields of a Page. `access_token` and `tasks` depend on who asks and are added by the caller. */
export function pageFields(call: Call, page: Page, auth: Auth): Record<string, Resolver> {
  const { sim } = call;
  const instagram = (field: Field) => {
    const account = linkedInstagram(page);
    if (!account || !seesInstagram(auth, account)) return undefined;
    return pick("IGUser", account.id, field.children ?? "id", "id", instagramFields(call, page));
  };
  return {
    id: () => page.id,
    name: () => page.name,
    about: () => page.about,
    category: () => page.category,
    category_list: () => [{ id: CATEGORY_IDS[page.category] ?? "2200", name: page.category }],
    username: () => page.username,
    link: () => `https://www.facebook.com/${page.id}`,
    picture: () => ({ data: { height: 128, width: 128, is_silhouette: false, url: avatarUrl(sim, page.id) } }),
    is_published: () => page.isPublished,
    is_webhooks_subscribed: () => page.installs.length > 0,
    messaging_feature_status: () => ({
      hop_v2: false,
      msgr_multi_app: routingOf(page, "messenger").enabled,
      ig_multi_app: routingOf(page, "instagram").enabled,
    }),
    fan_count: () => 1240,
    followers_count: () => 1302,
    instagram_business_account: instagram,
    connected_instagram_account: instagram,
  };
}

export function instagramFields(call: Call, page: Page): Record<string, Resolver> {
  const account = page.instagram;
  return {
    id: () => account?.id,
    ig_id: () => Number(account?.id.slice(-10)),
    username: () => account?.username,
    name: () => account?.name,
    profile_picture_url: () => avatarUrl(call.sim, page.id),
    followers_count: () => 5120,
    follows_count: () => 87,
    media_count: () => 214,
  };
}
