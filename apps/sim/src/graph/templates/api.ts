import type { UtilityTemplate } from "../../store/templates.ts";
import type { Page } from "../../store/types.ts";
import { addTemplate, removeTemplates } from "../../world/templates.ts";
import { type Auth, requirePageToken, scopesOf, unsupported } from "../auth.ts";
import { type Call, fieldsParam, paged, param, refuseUnknown } from "../call.ts";
import { GraphError } from "../error.ts";
import { pick } from "../fields.ts";
import { knownError } from "../known/index.ts";
import { bad } from "../send/checks.ts";
import { isKnown, policyAt } from "../send/ways.ts";
import { cloneComponents, LIBRARY } from "./library.ts";
import { readComponents, readFormat } from "./read.ts";

const DEFAULT_FIELDS = "name,language,status,category,components";

/** Meta's pages spell the permission in two ways (meta-sending §0.1.2). */
export function requireUtilityScope(auth: Auth): void {
  const scopes = scopesOf(auth);
  if (scopes.includes("pages_utility_messaging") || scopes.includes("page_utility_messaging")) return;
  const { init } = knownError(230);
  throw new GraphError({
    ...init,
    message: "(#230) Requires pages_utility_messaging permission to manage the object",
  });
}

/** `/{page}/message_templates`: list, create, delete. A template cannot be edited: delete and create (meta-sending §2.4). */
export function templatesOfPage(call: Call, auth: Auth, page: Page): unknown {
  requireUtilityScope(auth);
  if (call.method === "GET") return list(call, page);
  if (call.method === "POST") return create(call, page);
  if (call.method === "DELETE") return remove(call, page);
  throw unsupported(call.method, page.id);
}

function list(call: Call, page: Page): unknown {
  refuseUnknown(call, ["name", "language", "status", "category"]);
  const wanted = { name: param(call, "name"), language: param(call, "language"), status: param(call, "status") };
  const matches = (page.templates ?? []).filter(
    (one) =>
      (wanted.name === undefined || one.name === wanted.name) &&
      (wanted.language === undefined || one.language === wanted.language) &&
      (wanted.status === undefined || one.status === wanted.status),
  );
  return paged(
    call,
    matches.toReversed(),
    ({ id }) => id,
    (one) => view(one, fieldsParam(call), page),
  );
}

/** A template by its id (Graph API, Messenger Business Template). */
export function templateNode(call: Call, auth: Auth, id: string): { answer: unknown } | null {
  const page = call.sim.store.state.pages.find((one) => one.templates?.some((template) => template.id === id));
  const template = page?.templates?.find((one) => one.id === id);
  if (!page || !template || auth.kind === "app" || auth.token.pageId !== page.id) return null;
  requireUtilityScope(auth);
  if (call.method !== "GET" || call.segments.length > 1) throw unsupported(call.method, id);
  return { answer: view(template, fieldsParam(call), page) };
}

function view(one: UtilityTemplate, fields: string | undefined, page: Page) {
  return pick("MessengerBusinessTemplate", one.id, fields, DEFAULT_FIELDS, {
    id: () => one.id,
    name: () => one.name,
    language: () => one.language,
    language_count: () => page.templates?.filter(({ name }) => name === one.name).length,
    status: () => one.status,
    category: () => "UTILITY",
    components: () => one.components,
    parameter_format: () => one.parameterFormat,
    library_template_name: () => one.libraryTemplateName ?? undefined,
    rejected_reason: () => one.rejectedReason ?? "NONE",
    rejection_reasons: () => (one.rejectedReason ? [one.rejectedReason] : undefined),
    specific_rejection_reasons: () => undefined,
    creation_time: () => Math.floor(one.createdAt / 1000),
    last_updated_time: () => Math.floor(one.updatedAt / 1000),
  });
}

function create(call: Call, page: Page): unknown {
  refuseUnknown(call, [
    "name",
    "language",
    "category",
    "parameter_format",
    "components",
    "library_template_name",
    "library_template_body_inputs",
    "library_template_button_inputs",
  ]);
  const at = policyAt(call.sim);
  const name = param(call, "name") ?? "";
  const language = param(call, "language") ?? "";
  if (!/^[a-z0-9_]{1,512}$/.test(name)) throw bad("Param name must be of lowercase letters, digits and underscores.");
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(language)) throw bad("Param language must be a language code.");
  if (param(call, "category") !== "UTILITY") throw bad("Param category must be one of {UTILITY}");
  if (page.templates?.some((one) => one.name === name && one.language === language))
    throw bad(`There is already a template ${name} in ${language}.`);
  const parameterFormat = readFormat(call.values.parameter_format);
  if (parameterFormat === "NAMED" && !isKnown("named parameters", "messenger", at))
    throw bad("Param parameter_format is not supported yet.");
  const libraryName = param(call, "library_template_name");
  const ready = LIBRARY.find((one) => one.name === libraryName && one.language === language);
  if (libraryName !== undefined && !ready) throw bad("Template cannot be found.");
  const components = ready
    ? cloneComponents(ready, call.values.library_template_button_inputs)
    : readComponents(call.values.components, parameterFormat);
  const pictured = components.some((one) => one.type === "HEADER" && one.format === "IMAGE");
  if (pictured && !isKnown("image header", "messenger", at)) throw bad("An image header is not supported yet.");
  const template = addTemplate(call.sim, page, {
    name,
    language,
    parameterFormat,
    components,
    libraryTemplateName: libraryName ?? null,
  });
  return { id: template.id, status: template.status, category: "UTILITY" };
}

/** By `name` in all languages, or by `hsm_id` one of them (seen in production; meta-sending §2.4). */
function remove(call: Call, page: Page): unknown {
  refuseUnknown(call, ["name", "hsm_id"]);
  const name = param(call, "name");
  const id = param(call, "hsm_id");
  if (name === undefined && id === undefined) throw bad("The parameter name is required.");
  const gone = removeTemplates(
    call.sim,
    page,
    (one) => (id === undefined || one.id === id) && (name === undefined || one.name === name),
  );
  if (gone === 0) throw bad("Template cannot be found.");
  return { success: true };
}

/** `GET /message_template_library?name_or_content=&language=&topic=&usecase=&industry=`. */
export function templateLibrary(call: Call, auth: Auth): unknown {
  requirePageToken(call.sim, auth);
  requireUtilityScope(auth);
  refuseUnknown(call, ["name_or_content", "search", "language", "topic", "usecase", "industry"]);
  const text = (param(call, "name_or_content") ?? param(call, "search") ?? "").toLowerCase();
  const is = (name: string, value: string) => (param(call, name) ?? value) === value;
  const matches = LIBRARY.filter(
    (one) =>
      `${one.name} ${one.body}`.toLowerCase().includes(text) &&
      is("language", one.language) &&
      is("topic", one.topic) &&
      is("usecase", one.usecase) &&
      one.industry.includes(param(call, "industry") ?? one.industry[0] ?? ""),
  );
  return paged(
    call,
    matches,
    ({ id }) => id,
    (one) => one,
  );
}
