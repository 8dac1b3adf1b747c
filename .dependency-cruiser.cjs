/** Import boundaries. Each rule says what to do instead (ARCHITECTURE.md, "Who may import what"). */
const server = "^apps/server/src";
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      severity: "error",
      comment: "Two files that need each other are one thought: join them, or move what both need below both.",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "core-is-pure",
      severity: "error",
      comment: "core has no dependencies and no I/O. Gather facts outside and hand them in.",
      from: { path: "^packages/core/src" },
      to: { pathNot: "^packages/core/src" },
    },
    {
      name: "contracts-below-everything",
      severity: "error",
      comment: "contracts may use core and zod only: it is shared with the browser.",
      from: { path: "^packages/contracts/src" },
      to: { path: "^(apps|packages/meta-wire)" },
    },
    {
      name: "meta-wire-knows-only-meta",
      severity: "error",
      comment: "meta-wire describes Meta's formats; product words belong to core or the adapters.",
      from: { path: "^packages/meta-wire/src" },
      to: { path: "^(apps|packages/(core|contracts))" },
    },
    {
      name: "sim-keeps-its-own-rules",
      severity: "error",
      comment:
        "The simulator must not share our beliefs about policy, else tests confirm themselves. Write the rule again from the facts.",
      from: { path: "^apps/sim" },
      to: { path: "^(packages/(core|contracts)|apps/(server|web))" },
    },
    {
      name: "web-knows-the-api-only",
      severity: "error",
      comment: "The web app knows contracts and core. Ask the API for anything else.",
      from: { path: "^apps/web" },
      to: { path: "^(apps/(server|sim)|packages/meta-wire)" },
    },
    {
      name: "web-features-stay-apart",
      severity: "error",
      comment:
        "A feature never enters another feature: move what both need to ui/ or lib/, or pass it in from the route.",
      from: { path: "^apps/web/src/features/([^/]+)/" },
      to: { path: "^apps/web/src/features/([^/]+)/", pathNot: "^apps/web/src/features/$1/" },
    },
    {
      name: "platform-has-no-product-words",
      severity: "error",
      comment: "platform is technology. Pass what it needs in; only graph/ knows meta-wire.",
      from: { path: `${server}/platform` },
      to: { path: `${server}/(modules|adapters)` },
    },
    {
      name: "adapters-are-pure",
      severity: "error",
      comment: "An adapter turns JSON into events and intents into requests. It calls nothing.",
      from: { path: `${server}/adapters` },
      to: { path: `${server}/(modules|platform/(?!graph))` },
    },
    {
      name: "adapters-stay-apart",
      severity: "error",
      comment: "Messenger and Instagram diverge: share the framework (adapters/shared), not the adapter.",
      from: { path: `${server}/adapters/(messenger|instagram)/` },
      to: { path: `${server}/adapters/(messenger|instagram)/`, pathNot: `${server}/adapters/$1/` },
    },
    {
      name: "modules-by-the-front-door",
      severity: "error",
      comment: "Import another module's index.ts; the rest of it is private.",
      from: { path: `${server}/modules/([^/]+)/` },
      to: { path: `${server}/modules/([^/]+)/`, pathNot: `${server}/modules/($1/|[^/]+/index\\.ts$)` },
    },
    {
      name: "module-arrows",
      severity: "error",
      comment:
        "Arrows go ingestion → messages → conversations → contacts → channels → team; lower modules know nothing of higher ones.",
      from: { path: `${server}/modules/(team|channels)/` },
      to: { path: `${server}/modules/(contacts|conversations|messages|ingestion|realtime|diagnostics)/` },
    },
    {
      name: "module-arrows-contacts",
      severity: "error",
      comment: "contacts stands below conversations, messages and ingestion.",
      from: { path: `${server}/modules/contacts/` },
      to: { path: `${server}/modules/(conversations|messages|ingestion|realtime|diagnostics)/` },
    },
    {
      name: "module-arrows-conversations",
      severity: "error",
      comment: "conversations stands below messages and ingestion.",
      from: { path: `${server}/modules/conversations/` },
      to: { path: `${server}/modules/(messages|ingestion|realtime|diagnostics)/` },
    },
    {
      name: "module-arrows-messages",
      severity: "error",
      comment: "messages stands below ingestion.",
      from: { path: `${server}/modules/messages/` },
      to: { path: `${server}/modules/(ingestion|realtime|diagnostics)/` },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(/dist/|\\.test\\.ts$|/test/|/fixtures/)" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".json"],
    },
    tsConfig: { fileName: "tsconfig.json" },
  },
};
