import type { Template } from "@firstline/contracts";
import type { QueryClient } from "@tanstack/react-query";
import type { Body } from "../contracts.ts";
import { keys } from "../queryKeys.ts";

type Templates = Body<"TemplateList">;

/** The list with a template put in or renewed, newest first; an older word of Meta's never replaces a newer one. */
export function withTemplate(list: Templates, template: Template): Templates {
  const known = list.data.find((each) => each.id === template.id);
  if (known && known.statusAt > template.statusAt) return list;
  const data = known
    ? list.data.map((each) => (each.id === template.id ? template : each))
    : [...list.data, template].sort((a, b) => (a.createdAt > b.createdAt ? -1 : 1));
  return { ...list, data };
}

export function putTemplate(client: QueryClient, template: Template): void {
  if (template.status === "DELETED") dropTemplate(client, template);
  else
    client.setQueryData<Templates>(keys.templates(template.channelId), (list) => list && withTemplate(list, template));
}

/** A list that was asked for: an older word of Meta's in it does not replace what an event has told meanwhile. */
export function renewed(before: Templates | undefined, list: Templates): Templates {
  const data = list.data.map((each) => {
    const known = before?.data.find(({ id }) => id === each.id);
    return known && known.statusAt > each.statusAt ? known : each;
  });
  return { ...list, data };
}

export function dropTemplate(client: QueryClient, { id, channelId }: Pick<Template, "id" | "channelId">): void {
  client.setQueryData<Templates>(
    keys.templates(channelId),
    (list) => list && { ...list, data: list.data.filter((each) => each.id !== id) },
  );
}
