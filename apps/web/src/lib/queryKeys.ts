/** Filters of the conversation list as the API takes them; also the key of the cached list. */
export interface ListFilters {
  channelId?: string;
  status?: "open" | "resolved";
  assignee?: string;
  endingSoon?: boolean;
  needsLook?: boolean;
  q?: string;
  sort: "newest" | "window";
}

export const keys = {
  me: ["me"] as const,
  setup: ["setup"] as const,
  workspace: ["workspace"] as const,
  members: ["members"] as const,
  myAlerts: ["alerts", "mine"] as const,
  alertWebhook: ["alerts", "webhook"] as const,
  pushHere: ["alerts", "here"] as const,
  channels: ["channels"] as const,
  channelHealth: (id: string) => ["channels", id, "health"] as const,
  selfTests: (channelId: string) => ["channels", channelId, "health", "self-tests"] as const,
  channelRouting: (id: string) => ["channels", id, "routing"] as const,
  timelines: ["timeline"] as const,
  timeline: (channelId: string) => ["timeline", channelId] as const,
  openIncidents: ["incidents", "open"] as const,
  pastIncidents: ["incidents", "past"] as const,
  templates: (channelId: string) => ["channels", channelId, "templates"] as const,
  library: (channelId: string, filters: Record<string, unknown>) =>
    ["channels", channelId, "library", filters] as const,
  invitations: ["invitations"] as const,
  invitation: (token: string) => ["invitations", "token", token] as const,
  reauthorization: (token: string) => ["reauthorization", token] as const,
  reauthorized: (state: string) => ["reauthorization", "result", state] as const,
  reauthorizationLinks: (channelId: string) => ["channels", channelId, "links"] as const,
  grant: (id: string) => ["channels", "grant", id] as const,
  apiKeys: ["api-keys"] as const,
  deletionRequests: ["privacy", "requests"] as const,
  erasures: ["privacy", "erasures"] as const,
  retention: ["privacy", "retention"] as const,
  retentionPreview: (days: number) => ["privacy", "retention", days] as const,
  comments: ["comments"] as const,
  deliveries: (filters: Record<string, unknown>) => ["deliveries", filters] as const,
  delivery: (id: string) => ["deliveries", "one", id] as const,
  lists: ["conversations", "list"] as const,
  list: (filters: ListFilters) => ["conversations", "list", filters] as const,
  counts: (channelId?: string) => ["conversations", "counts", channelId ?? null] as const,
  allCounts: ["conversations", "counts"] as const,
  palette: (q: string) => ["palette", q] as const,
  conversation: (id: string) => ["conversation", id] as const,
  messages: (id: string) => ["messages", id] as const,
  activity: (id: string) => ["activity", id] as const,
  contact: (id: string) => ["contact", id] as const,
};
