export { checkDraft, contentOf, parameterFormat, type TemplateDraft } from "./check-draft.ts";
export { checkValues, type TemplateProblem } from "./check-values.ts";
export {
  fillPlaces,
  isParameterRequired,
  parametersOf,
  placeNames,
  TEMPLATE_LIMITS,
  type TemplateButtonContent,
  type TemplateContent,
  type TemplatePlace,
  type TemplateValues,
} from "./content.ts";
export { suggestTemplateName } from "./name.ts";
export { isTemplateUsable, rejectionFault } from "./rejection.ts";
export { type RenderedTemplate, renderTemplate, renderTemplateText } from "./render.ts";
