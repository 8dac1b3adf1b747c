/** What the local Meta remembers about other apps on a Page and about who holds a conversation. Plain JSON. */

/** Another app installed on the Page, beside those that subscribed themselves through the Graph API. */
export interface PageApp {
  id: string;
  name: string;
  category: string;
  link?: string;
  fields: string[];
}

/** Conversation Routing of one platform. On only with a default app (Conversation Routing, 2025-09-24). */
export interface Routing {
  enabled: boolean;
  defaultAppId: string | null;
}

/** What a conversation is held for beyond ordinary control. */
export type Hold = "meta_ai" | "lead_ads";

export interface ThreadControl {
  /** null: released. */
  ownerAppId: string | null;
  since: number;
  /** Set by `extend_thread_control`, in ms; null: 24 h after the customer's last activity. */
  until: number | null;
  /** The customer's last activity when control changed: a later one makes a released conversation active again. */
  afterAction: number;
  hold?: Hold;
}

export interface LeadAnswer {
  question: string;
  answer: string;
}

/** A lead-ad question flow on its way. */
export interface LeadAdRun {
  adId: string;
  adTitle: string;
  answers: LeadAnswer[];
  complete: boolean;
  /** "Allow connected app to interrupt": apps hear the flow and may write into it. */
  interrupt: boolean;
  /** Whether the summary message is told at the end. */
  summary: boolean;
  startedAt: number;
  /** When it ends by itself; null: when it is told to. */
  finishAt: number | null;
}

/** Members of a Page. Missing means: no other app, no routing, everybody may take control, no Meta AI. */
export interface PageRouting {
  apps?: PageApp[];
  routing?: { messenger?: Routing; instagram?: Routing };
  /** Apps with "Take control of conversations" switched off (Page settings, Advanced Messaging). */
  takeoverDenied?: string[];
  /** Meta's own AI answers every customer message by itself. */
  metaAi?: boolean;
}

/** Members of a conversation. Missing means: nobody holds it. */
export interface ThreadRouting {
  control?: ThreadControl | null;
  leadAd?: LeadAdRun | null;
  /** Where Business Suite keeps it. */
  folder?: "main" | "done";
}
