export { classifySource, type EchoFacts, type EchoSource } from "./classify-source.ts";
