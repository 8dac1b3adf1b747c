import alerts from "./alerts.json";
import apikeys from "./apikeys.json";
import channels from "./channels.json";
import comments from "./comments.json";
import connecting from "./connecting.json";
import deliveries from "./deliveries.json";
import incidents from "./incidents.json";
import privacy from "./privacy.json";
import profile from "./profile.json";
import reauthorize from "./reauthorize.json";
import team from "./team.json";
import templates from "./templates.json";
import trace from "./trace.json";
import workspace from "./workspace.json";

export default {
  alerts,
  apikeys,
  channels,
  comments,
  connecting,
  deliveries,
  incidents,
  privacy,
  profile,
  reauthorize,
  team,
  templates,
  trace,
  workspace,
};
