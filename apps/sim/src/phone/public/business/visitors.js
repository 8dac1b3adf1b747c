import { h, t } from "../lib.js";

/** Ways to reach a Page other than writing to it: comments, ads, the checkbox plugin, guest chat. */
const NAMES = ["Elsa Brandt", "Marco Neri", "Yuki Mori", "Paula Reis", "Tom Archer", "許雅筑"];
const nextName = (ui) => NAMES[ui.happened.length % NAMES.length];

/** A form of labelled inputs; gives their values as an object. */
function form(title, hint, fields, label, testid, submit) {
  const input = (field) => {
    const props = { name: field.name, "data-testid": `${testid}-${field.name}`, required: field.required ?? false };
    return field.options
      ? h(
          "select",
          props,
          field.options.map(([value, text]) => h("option", { value }, text)),
        )
      : h("input", { ...props, value: field.value ?? "" });
  };
  return h(
    "form",
    {
      class: "card setting",
      onsubmit: (event) => {
        event.preventDefault();
        submit(Object.fromEntries([...new FormData(event.target)].map(([key, value]) => [key, value.trim()])));
      },
    },
    h("h3", {}, title),
    h("p", { class: "soft" }, hint),
    fields.map((field) => h("label", { class: "field-row" }, h("span", {}, field.label), input(field))),
    h("div", { class: "buttons" }, h("button", { type: "submit", class: "primary", "data-testid": testid }, label)),
  );
}

export function visitors(ui, { act, tell }) {
  const { page } = ui;
  const name = { name: "name", label: t("name"), value: nextName(ui), required: true };
  return [
    ui.happened.length > 0 && happened(ui, { act, tell }),
    form(
      t("comment"),
      t("commentHint"),
      [
        page.instagramId && {
          name: "platform",
          label: t("platform"),
          options: [
            ["messenger", "Facebook"],
            ["instagram", "Instagram"],
          ],
        },
        name,
        { name: "text", label: t("commentText"), required: true },
      ].filter(Boolean),
      t("post"),
      "business-comment",
      async ({ platform = "messenger", ...rest }) => {
        const made = await act("POST", "/comments", { platform, ...rest });
        if (made) tell({ kind: "comment", platform, ...rest, ...made });
      },
    ),
    form(
      t("visitorPost"),
      t("visitorPostHint"),
      [name, { name: "text", label: t("postText"), required: true }],
      t("postWrite"),
      "business-visitor-post",
      async (values) => {
        const made = await act("POST", "/visitor-posts", values);
        if (made) tell({ kind: "post", ...values, commentId: made.postId });
      },
    ),
    form(
      t("adClick"),
      t("adClickHint"),
      [
        name,
        { name: "adTitle", label: t("adTitle"), value: "Harbour parka, 20 % off" },
        { name: "write", label: t("adWrites") },
      ],
      t("click"),
      "business-ad",
      async ({ name: who, adTitle, write }) => {
        const person = await act("POST", "/customers", { name: who, kind: "ad_only" });
        if (!person) return;
        const done = await act("POST", `/customers/${person.id}/ad-click`, { adTitle, ...(write && { write }) });
        if (done) tell({ kind: "ad", name: who, customerId: person.id });
      },
    ),
    form(
      t("checkbox"),
      t("checkboxHint"),
      [name, { name: "ref", label: "ref", value: "CHECKOUT" }],
      t("tick"),
      "business-checkbox",
      async (values) => {
        const made = await act("POST", "/checkbox", values);
        if (made) tell({ kind: "checkbox", name: values.name, ref: made.userRef });
      },
    ),
    form(
      t("guest"),
      t("guestHint"),
      [{ name: "text", label: t("guestFirst"), value: "Hi, I am just looking.", required: true }],
      t("guestStart"),
      "business-guest",
      async ({ text }) => {
        const guest = await act("POST", "/guests", {});
        if (guest && (await act("POST", `/customers/${guest.id}/messages`, { text })))
          tell({ kind: "guest", name: guest.name, customerId: guest.id });
      },
    ),
  ];
}

function happened(ui, { act, tell }) {
  const { page } = ui;
  const line = (one) => {
    const text = t(`happened_${one.kind}`, {
      ...one,
      platform: one.platform === "instagram" ? "Instagram" : "Facebook",
    });
    return h(
      "li",
      { "data-testid": `business-happened-${one.kind}` },
      h("span", { class: "grow" }, text, one.gone && h("span", { class: "pill" }, t("removed"))),
      follow(one),
    );
  };
  const small = (label, onclick, testid) =>
    h("button", { type: "button", class: "small", onclick, "data-testid": testid }, label);
  const follow = (one) => {
    const { commentId, customerId, kind, ref, gone } = one;
    const byHand = () => [
      one.replied && h("span", { class: "pill good" }, t("replied")),
      !one.replied &&
        small(
          t("repliedByHand"),
          async () => {
            const text = prompt(t("replyPrompt"));
            const path = `/comments/${encodeURIComponent(commentId)}/reply`;
            if (text && (await act("POST", path, { text }))) tell({ ...one, replied: true }, one);
          },
          "business-private-reply",
        ),
      small(t("tooOld"), () => act("POST", `/comments/${encodeURIComponent(commentId)}/age`, { hoursAgo: 192 })),
    ];
    if (kind === "post") return byHand();
    if (kind === "comment" && !gone) {
      const change = (verb, text) =>
        act("POST", "/comments", { platform: one.platform, name: one.name, text, verb, commentId });
      return [
        small(t("edit"), async () => {
          const text = prompt(t("editPrompt"), one.text);
          if (text && (await change("edited", text))) tell({ ...one, text }, one);
        }),
        small(t("remove"), async () => {
          if (await change("remove", one.text)) tell({ ...one, gone: true }, one);
        }),
        ...byHand(),
      ];
    }
    if (kind === "checkbox" && !one.used) {
      return small(
        t("writesNow"),
        async () => {
          const done = await act("POST", `/checkbox/${encodeURIComponent(ref)}/messages`, { text: t("writeHello") });
          if (done) {
            tell({ ...one, used: true }, one);
            tell({ kind: "checkboxWrote", name: one.name, customerId: done.customerId });
          }
        },
        "business-checkbox-writes",
      );
    }
    if (!customerId) return null;
    return [
      h("a", { href: `/phone#${page.id}/${customerId}` }, t("openPhone")),
      h("a", { href: `#${page.id}/${customerId}` }, t("openConversation")),
    ];
  };
  return h(
    "section",
    { class: "card setting wide" },
    h("h3", {}, t("happened")),
    h("ul", { class: "apps" }, ui.happened.map(line)),
  );
}
