import type { CloneTemplate, CreateTemplate, Template } from "@firstline/contracts";
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { api } from "../../lib/api.ts";
import { dropTemplate, putTemplate, renewed } from "../../lib/cache/templates.ts";
import { keys } from "../../lib/queryKeys.ts";

/** Templates of one Page as they were when Meta was last asked; events keep them fresh. */
export const templatesQuery = (channelId: string) =>
  queryOptions({
    queryKey: keys.templates(channelId),
    queryFn: ({ signal }) => api.get("TemplateList", `/channels/${channelId}/templates`, { signal }),
  });

export const libraryQuery = (channelId: string, filters: { q: string; language: string }) =>
  queryOptions({
    queryKey: keys.library(channelId, filters),
    queryFn: ({ signal }) =>
      api.get("LibraryList", `/channels/${channelId}/template-library`, { query: filters, signal }),
    placeholderData: (before) => before,
  });

/** Asks Meta now. */
export function useReadAgain(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.get("TemplateList", `/channels/${channelId}/templates`, { query: { refresh: true } }),
    onSuccess: (list) => client.setQueryData<typeof list>(keys.templates(channelId), (before) => renewed(before, list)),
  });
}

export function useCreateTemplate(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: CreateTemplate) => api.post("Template", `/channels/${channelId}/templates`, wish),
    onSuccess: (template) => putTemplate(client, template),
  });
}

export function useCloneTemplate(channelId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wish: CloneTemplate) => api.post("Template", `/channels/${channelId}/templates/clone`, wish),
    onSuccess: (template) => putTemplate(client, template),
  });
}

export function useDeleteTemplate() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, channelId }: Template) => api.delete(null, `/channels/${channelId}/templates/${id}`),
    onSuccess: (_nothing, template) => dropTemplate(client, template),
  });
}
