import { h, t } from "../lib.js";
import { button, card, choice, toggle } from "./parts.js";

const TASKS = ["MESSAGING", "MANAGE", "MODERATE", "CREATE_CONTENT", "ANALYZE", "ADVERTISE"];

/** The Page itself: published, unpublished or deleted, and whether its business demands two-factor. */
export function standing(page, act) {
  const choices = ["published", "unpublished", "deleted"].map((value) => [value, t(`pageIs_${value}`)]);
  return card(
    t("pageItself"),
    null,
    choice(t("pageStanding"), page.standing, choices, (state) => act("POST", "/standing", { state }), {
      "data-testid": "business-standing",
    }),
    toggle(t("twoFactorRequired"), page.twoFactorRequired, (on) => act("POST", "/two-factor-required", { on }), {
      "data-testid": "business-two-factor-required",
    }),
  );
}

/** Page access: who has a role here and which tasks. */
export function pageAccess(page, state, at) {
  const set = (user, tasks, keepRole) =>
    at("POST", `/users/${user.id}/role`, { pageId: page.id, tasks, ...(keepRole && { keepRole }) });
  const row = (user) => {
    const tasks = page.roles[user.id];
    if (!tasks) {
      return h(
        "li",
        {},
        h("span", { class: "grow" }, user.name),
        button(t("giveRole"), () => set(user, TASKS), {
          class: "small",
          "aria-label": t("giveRoleTo", { name: user.name }),
          "data-testid": `business-role-add-${user.id}`,
        }),
      );
    }
    const change = (task, on) => set(user, on ? [...tasks, task] : tasks.filter((one) => one !== task), true);
    return h(
      "li",
      { "data-testid": `business-role-${user.id}` },
      h("b", { class: "grow" }, user.name),
      button(t("takeRole"), () => set(user, []), {
        class: "small danger",
        "aria-label": t("takeRoleOf", { name: user.name }),
        "data-testid": `business-role-remove-${user.id}`,
      }),
      h(
        "div",
        { class: "tasks", role: "group", "aria-label": t("tasksOf", { name: user.name }) },
        TASKS.map((task) =>
          toggle(task, tasks.includes(task), (on) => change(task, on), {
            "data-testid": `business-task-${user.id}-${task}`,
          }),
        ),
      ),
    );
  };
  return h(
    "section",
    { class: "card setting wide", "data-testid": "business-page-access" },
    h("h3", {}, t("pageAccess")),
    h("p", { class: "soft" }, t("pageAccessHint")),
    h("ul", { class: "apps" }, state.users.map(row)),
  );
}
