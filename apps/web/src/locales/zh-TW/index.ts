import auth from "./auth.json";
import common from "./common.json";
import composer from "./composer.json";
import connection from "./connection.json";
import contact from "./contact.json";
import inbox from "./inbox.json";
import settings from "./settings.json";
import shortcuts from "./shortcuts.json";
import thread from "./thread.json";

export default {
  auth,
  common,
  composer,
  connection,
  contact,
  inbox,
  settings,
  shortcuts,
  thread,
};
