import type { ChannelAdapter, Platform } from "./channel.ts";
import { instagram } from "./instagram/index.ts";
import { messenger } from "./messenger/index.ts";

export { normalizeDelivery } from "./normalize.ts";

export const adapters: Readonly<Record<Platform, ChannelAdapter>> = { messenger, instagram };

export function adapterFor(platform: Platform): ChannelAdapter {
  return adapters[platform];
}
