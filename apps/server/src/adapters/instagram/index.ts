import type { ChannelAdapter } from "../channel.ts";
import { readThreadOwner } from "../shared/thread-owner.ts";
import { buildInstagramControl, buildInstagramOwnerRead, readInstagramRouting } from "./build-control.ts";
import {
  buildInstagramReaction,
  buildInstagramSend,
  buildInstagramSenderAction,
  buildInstagramUpload,
  instagramUploads,
} from "./build-send.ts";
import { instagramAppFields, instagramPageFields } from "./fields.ts";
import { buildInstagramProfileRead, instagramProfileFailure, readInstagramProfile } from "./profile.ts";
import { instagramRecord } from "./read-conversation.ts";

export const instagram = {
  platform: "instagram",
  object: "instagram",
  pageFields: instagramPageFields,
  appFields: instagramAppFields,
  buildSend: buildInstagramSend,
  templates: null,
  uploads: instagramUploads,
  buildUpload: buildInstagramUpload,
  buildSenderAction: buildInstagramSenderAction,
  buildReaction: buildInstagramReaction,
  buildControl: buildInstagramControl,
  buildOwnerRead: buildInstagramOwnerRead,
  readOwner: readThreadOwner,
  readRouting: readInstagramRouting,
  buildProfileRead: buildInstagramProfileRead,
  readProfile: readInstagramProfile,
  profileFailure: instagramProfileFailure,
  ...instagramRecord,
} satisfies ChannelAdapter;
