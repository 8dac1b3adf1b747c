import type { Channel, GrantedPages } from "@firstline/contracts";
import { useState } from "react";
import { useChannels } from "../../lib/session.ts";
import { read } from "../../lib/storage.ts";
import { RENEWING } from "./queries.ts";

export type GrantedPage = GrantedPages["pages"][number];
export const granted = (page: { platform: string; externalId: string }) => `${page.platform}:${page.externalId}`;

/** Of more than so many none is ticked beforehand, and they can be searched. */
export const MANY = 10;

/** Which of the granted ones are ticked: at first the new ones and those that wait for a fresh access, if they are few. */
export function useChosen(pages: GrantedPage[]) {
  const { channels, byId } = useChannels();
  const [renewing] = useState(() => read(RENEWING));
  const [touched, setTouched] = useState<Record<string, boolean>>({});

  const channelOf = (page: GrantedPage): Channel | undefined =>
    channels.find((channel) => granted(channel) === granted(page));
  const choosable = pages.filter((page) => page.missing.length === 0);
  // A working channel is left alone unless it was the reason to come.
  const offered = (page: GrantedPage) => {
    const channel = channelOf(page);
    if (renewing) return channel?.id === renewing || channel?.state === "needs_reauthorization";
    return channel?.state === "needs_reauthorization" || (!page.connected && choosable.length <= MANY);
  };
  const isChosen = (page: GrantedPage) => page.missing.length === 0 && (touched[granted(page)] ?? offered(page));
  const set = (some: GrantedPage[], checked: boolean) =>
    setTouched((before) => ({ ...before, ...Object.fromEntries(some.map((page) => [granted(page), checked])) }));

  const sought = renewing ? byId(renewing) : undefined;
  return {
    channelOf,
    choosable,
    chosen: pages.filter(isChosen),
    isChosen,
    set,
    /** The channel the person came to renew and that did not come with the login. */
    absent: sought && !pages.some((page) => granted(page) === granted(sought)) ? sought : undefined,
  };
}
