import type { TemplateContent, TemplateDraft, TemplateValues } from "@firstline/core/templates";
import type { GraphRequest } from "./channel.ts";

/** A template as Meta tells it. */
export interface ToldTemplate {
  externalId: string;
  name: string;
  language: string;
  /** Meta's word in capitals. */
  status: string;
  /** Meta's word; null: none. */
  rejectedReason: string | null;
  parameterFormat: "POSITIONAL" | "NAMED";
  /** Meta's own JSON, kept as it is. */
  components: unknown[];
  libraryName: string | null;
  /** ms; null: not told. */
  createdAt: number | null;
}

/** A ready text of Meta's library. */
export interface ToldLibraryTemplate {
  name: string;
  language: string;
  topic: string | null;
  usecase: string | null;
  industries: string[];
  content: TemplateContent;
  /** By the keys of its parameters. */
  examples: TemplateValues;
}

export interface TemplateClone {
  name: string;
  language: string;
  ready: ToldLibraryTemplate;
  /** Addresses of its link buttons, in their order. */
  buttonUrls: readonly string[];
}

/** Utility templates at Meta, where the platform has them (Utility messages, 2026-03-13). */
export interface TemplateAdapter {
  /** `plain`: only what every version of the API knows, for the case that Meta refuses a member as unknown. */
  buildList(pageId: string, read: { after: string | null; plain?: boolean }): GraphRequest;
  /** Those of the category UTILITY; null: the answer is no list. */
  readList(body: unknown): { templates: ToldTemplate[]; next: string | null } | null;
  buildCreate(pageId: string, draft: TemplateDraft): GraphRequest;
  /** What a draft becomes at Meta. */
  componentsOf(draft: TemplateDraft): unknown[];
  buildClone(pageId: string, clone: TemplateClone): GraphRequest;
  cloneComponents(clone: TemplateClone): unknown[];
  /** null: nothing that names a template. */
  readCreated(body: unknown): { externalId: string; status: string } | null;
  buildDelete(pageId: string, template: { externalId: string; name: string }): GraphRequest;
  buildLibrary(query: { q?: string | undefined; language?: string | undefined }): GraphRequest;
  /** null: the answer is no list. */
  readLibrary(body: unknown): ToldLibraryTemplate[] | null;
  /** Never throws: what cannot be read is left out. */
  readComponents(components: unknown): { content: TemplateContent; examples: TemplateValues };
}
