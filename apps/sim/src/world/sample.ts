import { SALES_BOT_APP_ID, SALES_BOT_NAME } from "../routing/apps.ts";
import type { State } from "../store/types.ts";
import { addPage, addUser, customerOf, grant, login, type NewCustomer } from "./build.ts";
import { emptyWorld, newApp } from "./empty.ts";

const BLUE_HARBOUR = "108123450000001";
const LANTERN_TEA = "108123450000002";
const BLUE_HARBOUR_INSTAGRAM = "17841400000009001";

const CUSTOMERS: NewCustomer[] = [
  { id: "7400000000000001", pageId: BLUE_HARBOUR, name: "Ann Lee", gender: "female" },
  { id: "7400000000000002", pageId: BLUE_HARBOUR, name: "Jonas Kern", locale: "de_DE", gender: "male" },
  { id: "7400000000000003", pageId: BLUE_HARBOUR, name: "陳怡君", locale: "zh_TW", gender: "female" },
  { id: "7400000000000004", pageId: BLUE_HARBOUR, name: "Hana Bui", locale: "vi_VN", gender: "female" },
  { id: "7400000000000005", pageId: BLUE_HARBOUR, name: "Peter Wu", gender: "male" },
  { id: "7400000000000006", pageId: BLUE_HARBOUR, name: "Marta Oliveira", kind: "phone_number", locale: "pt_BR" },
  { id: "7400000000000007", pageId: BLUE_HARBOUR, name: "Guest 4821", kind: "guest" },
  { id: "7400000000000008", pageId: BLUE_HARBOUR, name: "Ravi Menon", blocked: true, gender: "male" },
  { id: "6400000000000001", pageId: BLUE_HARBOUR, name: "Rosa Olmos", platform: "instagram", username: "rosa.olmos" },
  {
    id: "6400000000000002",
    pageId: BLUE_HARBOUR,
    name: "林小晴",
    platform: "instagram",
    username: "sunny.lin",
    locale: "zh_TW",
  },
  { id: "7400000000000011", pageId: LANTERN_TEA, name: "王志明", locale: "zh_TW", gender: "male" },
  { id: "7400000000000012", pageId: LANTERN_TEA, name: "Sophie Martin", locale: "fr_FR", gender: "female" },
  { id: "7400000000000013", pageId: LANTERN_TEA, name: "黃雅婷", locale: "zh_TW", gender: "female" },
  { id: "7400000000000014", pageId: LANTERN_TEA, name: "Daniel Okafor", gender: "male" },
];

/** Our app and one on no Page, three people and a system user, two Pages, an Instagram account and fourteen customers. */
export function sampleWorld(now: number): State {
  const state = emptyWorld();
  state.world = "sample";
  const kevin = addUser(state, {
    id: "100000000000101",
    name: "Kevin Chou",
    email: "kevin@blueharbour.example",
    password: "harbour-1",
  });
  const mei = addUser(state, {
    id: "100000000000102",
    name: "Mei Lin",
    email: "mei@lanterntea.example",
    password: "lantern-1",
  });
  const tomas = addUser(state, {
    id: "100000000000103",
    name: "Tomas Reyes",
    email: "tomas@blueharbour.example",
    password: "tomas-1",
  });
  const desk = addUser(state, {
    id: "122100000000104",
    name: "Desk (system user)",
    email: "",
    password: "",
    kind: "system_user",
  });
  const blue = addPage(state, {
    id: BLUE_HARBOUR,
    name: "Blue Harbour",
    category: "Clothing (Brand)",
    about: "Jackets and knitwear for rain and wind.",
    instagram: { id: BLUE_HARBOUR_INSTAGRAM, username: "blueharbour", name: "Blue Harbour" },
  });
  const tea = addPage(state, {
    id: LANTERN_TEA,
    name: "Lantern Tea",
    category: "Tea Room",
    about: "燈籠茶 · Oolong from Alishan, since 1983.",
  });
  grant(state, kevin, blue, now);
  grant(state, kevin, tea, now);
  grant(state, mei, tea, now);
  grant(state, mei, blue, now);
  grant(state, tomas, blue, now);
  grant(state, desk, blue, now);
  grant(state, desk, tea, now);
  for (const app of state.apps) app.developers.push(kevin.id, mei.id);
  for (const user of [desk, tomas, mei, kevin]) login(state, user, now);
  // Another service's app: it exists, on no Page.
  state.apps.push(newApp(SALES_BOT_APP_ID, SALES_BOT_NAME));
  for (const customer of CUSTOMERS) state.customers.push(customerOf(customer));
  return state;
}
