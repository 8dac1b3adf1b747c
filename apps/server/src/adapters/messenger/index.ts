import type { ChannelAdapter } from "../channel.ts";
import { buildMessengerSend, buildMessengerSenderAction } from "./build-send.ts";
import { messengerFields } from "./fields.ts";
import { buildMessengerProfileRead, messengerProfileFailure, readMessengerProfile } from "./profile.ts";
import { messengerRecord } from "./read-conversation.ts";

export const messenger = {
  platform: "messenger",
  object: "page",
  pageFields: messengerFields,
  appFields: messengerFields,
  buildSend: buildMessengerSend,
  buildSenderAction: buildMessengerSenderAction,
  buildProfileRead: buildMessengerProfileRead,
  readProfile: readMessengerProfile,
  profileFailure: messengerProfileFailure,
  ...messengerRecord,
} satisfies ChannelAdapter;
