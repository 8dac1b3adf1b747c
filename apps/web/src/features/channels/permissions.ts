import type { Platform } from "@firstline/contracts";

/** Permissions a channel cannot work without. */
export const neededPermissions: Record<Platform, string[]> = {
  messenger: ["pages_messaging", "pages_manage_metadata"],
  instagram: ["instagram_basic", "instagram_manage_messages", "pages_manage_metadata"],
};

/** Permissions that only parts of the product need. */
export const usefulPermissions: Record<Platform, string[]> = {
  messenger: ["pages_read_engagement", "pages_utility_messaging", "pages_read_user_content"],
  instagram: ["instagram_manage_comments"],
};

const needed = new Set(["pages_show_list", ...Object.values(neededPermissions).flat()]);

/** Whether nothing can be connected without it. */
export const isNeeded = (permission: string) => needed.has(permission);
