import { parameterFormat, placeNames, type TemplateDraft, type TemplateValues } from "@firstline/core/templates";
import { isRecord, readId, readText, type WireRecord } from "@firstline/meta-wire";
import type { GraphRequest } from "../channel.ts";
import type { TemplateAdapter, TemplateClone, ToldLibraryTemplate, ToldTemplate } from "../templates.ts";
import { buttonsOf, componentsOf, readButton, readComponents } from "./template-components.ts";

const PLAIN = "id,name,language,status,category,components";
const FIELDS = `${PLAIN},parameter_format,rejected_reason,library_template_name,creation_time`;
const AT_ONCE = "100";

/** `/{page}/message_templates` and `/message_template_library` (Utility messages, 2026-03-13; Graph API v26.0). */
export const messengerTemplates = {
  buildList: (pageId, { after, plain }) => ({
    method: "GET",
    path: `/${pageId}/message_templates`,
    query: { fields: plain ? PLAIN : FIELDS, limit: AT_ONCE, ...(after === null ? {} : { after }) },
  }),
  readList(body) {
    const list = dataOf(body);
    if (list === null) return null;
    return { templates: list.flatMap(readTemplate), next: nextOf(body) };
  },
  componentsOf,
  buildCreate: (pageId, draft) => create(pageId, draft, { ...formatOf(draft), components: componentsOf(draft) }),
  buildClone: (pageId, clone) =>
    create(pageId, clone, { library_template_name: clone.ready.name, ...buttonInputs(clone) }),
  cloneComponents: (clone) => componentsOf({ name: clone.name, language: clone.language, ...cloned(clone) }),
  readCreated(body) {
    const externalId = isRecord(body) ? readId(body.id) : null;
    if (externalId === null) return null;
    return { externalId, status: statusOf(isRecord(body) ? body.status : null) };
  },
  /** With the id of one language: the name alone would take all of them (seen in a production integration, 2026). */
  buildDelete: (pageId, { externalId, name }) => ({
    method: "DELETE",
    path: `/${pageId}/message_templates`,
    query: { name, hsm_id: externalId },
  }),
  buildLibrary: ({ q, language }) => ({
    method: "GET",
    path: "/message_template_library",
    query: { limit: AT_ONCE, ...(q ? { name_or_content: q } : {}), ...(language ? { language } : {}) },
  }),
  readLibrary: (body) => dataOf(body)?.flatMap(readLibraryTemplate) ?? null,
  readComponents,
} satisfies TemplateAdapter;

function create(pageId: string, { name, language }: { name: string; language: string }, rest: object): GraphRequest {
  return {
    method: "POST",
    path: `/${pageId}/message_templates`,
    json: { name, language, category: "UTILITY", ...rest },
  };
}

/** Named parameters are said so (Messenger changelog, 2026-03-06); numbered ones are what Meta takes by itself. */
function formatOf(draft: TemplateDraft): { parameter_format?: "NAMED" } {
  const { content } = readComponents(componentsOf(draft));
  return parameterFormat(content) === "NAMED" ? { parameter_format: "NAMED" } : {};
}

function readTemplate(one: WireRecord): ToldTemplate[] {
  const [externalId, name, language] = [readId(one.id), readText(one.name), readText(one.language)];
  const category = readText(one.category)?.toUpperCase() ?? "UTILITY";
  if (externalId === null || name === null || language === null || category !== "UTILITY") return [];
  const reason = readText(one.rejected_reason);
  const seconds = Number(one.creation_time);
  const components = Array.isArray(one.components) ? one.components : [];
  const told = readText(one.parameter_format)?.toUpperCase();
  return [
    {
      externalId,
      name,
      language,
      status: statusOf(one.status),
      rejectedReason: reason === null || reason === "NONE" ? null : reason,
      parameterFormat:
        told === "NAMED" || told === "POSITIONAL" ? told : parameterFormat(readComponents(components).content),
      components,
      libraryName: readText(one.library_template_name),
      createdAt: Number.isInteger(seconds) && seconds > 0 ? seconds * 1000 : null,
    },
  ];
}

const statusOf = (value: unknown): string => readText(value)?.toUpperCase() ?? "PENDING";

function readLibraryTemplate(one: WireRecord): ToldLibraryTemplate[] {
  const [name, language, body] = [readText(one.name), readText(one.language), readText(one.body)];
  if (name === null || language === null || body === null) return [];
  const header = readText(one.header);
  const told = Array.isArray(one.buttons) ? one.buttons.filter(isRecord) : [];
  const texts = (value: unknown) => (Array.isArray(value) ? value.map(readText) : []);
  const samples = texts(one.body_params);
  const examples: Record<string, string> = {};
  placeNames(body).forEach((id, n) => {
    const sample = samples[/^\d+$/.test(id) ? Number(id) - 1 : n];
    if (sample) examples[`body.${id}`] = sample;
  });
  return [
    {
      name,
      language,
      topic: readText(one.topic),
      usecase: readText(one.usecase),
      industries: texts(one.industry).filter((text) => text !== null),
      content: {
        header: header === null ? null : { kind: "text", text: header },
        body,
        buttons: told.map(readButton),
      },
      examples,
    },
  ];
}

/** What a clone says: the library's text with the Page's own addresses. Whatever part of an address was to be filled in stays so. */
function cloned({ ready, buttonUrls }: TemplateClone): Pick<TemplateDraft, "header" | "body" | "buttons" | "examples"> {
  const urls = [...buttonUrls];
  const buttons = ready.content.buttons.map((button) =>
    button.kind === "url" ? { ...button, url: ownAddress(button.url ?? "", urls.shift() ?? button.url ?? "") } : button,
  );
  const suffixes: TemplateValues = Object.fromEntries(
    buttons.flatMap(({ url }, n) => (placeNames(url ?? "").length > 0 ? [[`button.${n}`, "1234"]] : [])),
  );
  return {
    header: ready.content.header?.text ?? undefined,
    body: ready.content.body,
    buttons,
    examples: { ...suffixes, ...ready.examples },
  };
}

function ownAddress(theirs: string, ours: string): string {
  const place = /\{\{\s*\w+\s*\}\}$/.exec(theirs)?.[0];
  return place === undefined || placeNames(ours).length > 0 ? ours : `${ours}${place}`;
}

/** One input for each button, in their order; the address as base and a sample of its end. */
function buttonInputs(clone: TemplateClone): { library_template_button_inputs?: unknown[] } {
  const { buttons = [], examples = {} } = cloned(clone);
  if (buttons.length === 0) return {};
  return {
    library_template_button_inputs: buttonsOf(buttons, examples).map(({ type, url, example, phone_number }) =>
      type === "URL"
        ? { type, url: { base_url: url, url_suffix_example: Array.isArray(example) ? example[0] : url } }
        : { type, ...(phone_number === undefined ? {} : { phone_number }) },
    ),
  };
}

const dataOf = (body: unknown): WireRecord[] | null =>
  isRecord(body) && Array.isArray(body.data) ? body.data.filter(isRecord) : null;

/** The last page has a cursor too; only `paging.next` says that there is more. */
function nextOf(body: unknown): string | null {
  const paging = isRecord(body) && isRecord(body.paging) ? body.paging : {};
  const cursors = isRecord(paging.cursors) ? paging.cursors : {};
  return paging.next === undefined ? null : readText(cursors.after);
}
