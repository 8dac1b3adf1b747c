import reauthorize from "./reauthorize.json";

export default { reauthorize };
