/** Utility templates of a Page. Plain JSON. */

export type TemplateStatus = "PENDING" | "APPROVED" | "REJECTED" | "PAUSED" | "DISABLED";

export interface TemplateButton {
  type: "URL" | "POSTBACK" | "PHONE_NUMBER";
  text: string;
  url?: string;
  phone_number?: string;
  payload?: string;
  example?: unknown;
}

/** A component as it was sent in. */
export type TemplateComponent =
  | { type: "HEADER"; format: "TEXT" | "IMAGE"; text?: string; example?: unknown }
  | { type: "BODY"; text: string; example?: unknown }
  | { type: "BUTTONS"; buttons: TemplateButton[] };

export interface UtilityTemplate {
  id: string;
  name: string;
  language: string;
  parameterFormat: "POSITIONAL" | "NAMED";
  components: TemplateComponent[];
  status: TemplateStatus;
  rejectedReason: string | null;
  libraryTemplateName: string | null;
  createdAt: number;
  updatedAt: number;
  /** When it is judged by itself; null: a person does it, or it was. */
  reviewAt: number | null;
}
