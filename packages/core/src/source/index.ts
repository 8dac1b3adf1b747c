export { classifySource, type EchoFacts, type EchoSource, LEAD_AD_APP } from "./classify-source.ts";
