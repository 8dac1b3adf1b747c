import type { ChannelAdapter } from "../channel.ts";
import { readThreadOwner } from "../shared/thread-owner.ts";
import { buildMessengerControl, buildMessengerOwnerRead, readMessengerRouting } from "./build-control.ts";
import {
  buildMessengerReaction,
  buildMessengerSend,
  buildMessengerSenderAction,
  buildMessengerUpload,
  messengerUploads,
} from "./build-send.ts";
import { messengerFields } from "./fields.ts";
import { buildMessengerProfileRead, messengerProfileFailure, readMessengerProfile } from "./profile.ts";
import { messengerRecord } from "./read-conversation.ts";
import { messengerTemplates } from "./templates.ts";

export const messenger = {
  platform: "messenger",
  object: "page",
  pageFields: messengerFields,
  appFields: messengerFields,
  buildSend: buildMessengerSend,
  templates: messengerTemplates,
  uploads: messengerUploads,
  buildUpload: buildMessengerUpload,
  buildSenderAction: buildMessengerSenderAction,
  buildReaction: buildMessengerReaction,
  buildControl: buildMessengerControl,
  buildOwnerRead: buildMessengerOwnerRead,
  readOwner: readThreadOwner,
  readRouting: readMessengerRouting,
  buildProfileRead: buildMessengerProfileRead,
  readProfile: readMessengerProfile,
  profileFailure: messengerProfileFailure,
  ...messengerRecord,
} satisfies ChannelAdapter;
