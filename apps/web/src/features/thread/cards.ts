export { DetailsCard } from "./DetailsCard.tsx";
export { Shared } from "./Shared.tsx";
