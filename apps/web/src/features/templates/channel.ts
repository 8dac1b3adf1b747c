import type { Channel } from "@firstline/contracts";

/** Channels a person can look at templates of: the connected ones, Pages before accounts, and the one the address names. */
export const templateChannels = (channels: readonly Channel[], wanted: string | undefined): Channel[] =>
  channels
    .filter((channel) => channel.state !== "disconnected" || channel.id === wanted)
    .sort((a, b) => Number(a.platform === "instagram") - Number(b.platform === "instagram"));

export const chosenChannel = (channels: readonly Channel[], wanted: string | undefined): Channel | undefined =>
  channels.find((channel) => channel.id === wanted) ?? channels[0];
