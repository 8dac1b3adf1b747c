import apikeys from "./apikeys.json";
import auth from "./auth.json";
import channels from "./channels.json";
import comments from "./comments.json";
import common from "./common.json";
import composer from "./composer.json";
import connection from "./connection.json";
import contact from "./contact.json";
import deliveries from "./deliveries.json";
import inbox from "./inbox.json";
import profile from "./profile.json";
import settings from "./settings.json";
import shortcuts from "./shortcuts.json";
import team from "./team.json";
import thread from "./thread.json";
import trace from "./trace.json";

export default {
  apikeys,
  auth,
  channels,
  comments,
  common,
  composer,
  connection,
  contact,
  deliveries,
  inbox,
  profile,
  settings,
  shortcuts,
  team,
  thread,
  trace,
};
