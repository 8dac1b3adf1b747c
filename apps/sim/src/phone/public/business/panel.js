import { clock, h, icon, left, t } from "../lib.js";

/** What people of the Page, Meta and other apps can do to the open conversation. */
const NOTICES = [
  "Your AI agent will respond.",
  "You took over this chat from your AI agent.",
  "Your AI agent transferred this chat to you.",
  "Your AI agent transferred this chat to you because your customer is ready to buy.",
  "Auto-label added: Ready to buy",
  "Lead stage set to Qualified",
  "This message was automatically moved to spam.",
];

const section = (title, ...content) => h("section", { class: "panel" }, h("h3", {}, title), content);
const button = (label, onclick, props = {}) => h("button", { type: "button", onclick, ...props }, label);
const buttons = (...list) => h("div", { class: "buttons" }, list);

export function panel(ui, { call, addApp, close }) {
  const { thread, page, drafts } = ui;
  return [
    h(
      "header",
      {},
      h("h2", {}, thread.customer.name),
      h(
        "button",
        { type: "button", class: "quiet icon dismiss", "aria-label": t("close"), onclick: close },
        icon("close", 18),
      ),
    ),
    section(t("holder"), holder(thread.control), folderButtons(call)),
    thread.customer.kind === "guest" &&
      section(
        t("guestChat"),
        buttons(
          button(t("endChat"), () => call("/end-chat", {}), { "data-testid": "business-end-chat" }),
          button(t("endChatTold"), () => call("/end-chat", { event: true })),
        ),
      ),
    section(
      t("metaAi"),
      h("p", { class: "soft" }, t("metaAiHint")),
      buttons(
        button(t("aiReply"), () => call("/meta-ai", {}), { "data-testid": "business-ai-reply" }),
        thread.control?.hold === "meta_ai" &&
          button(t("aiStop"), () => call("/meta-ai/release", {}), { "data-testid": "business-ai-stop" }),
      ),
    ),
    section(
      t("automation"),
      buttons(
        ["instant_reply", "away", "faq"].map((kind) =>
          button(t(kind), () => call("/automation", { kind }), { "data-testid": `business-automation-${kind}` }),
        ),
      ),
    ),
    thread.platform === "messenger" && leadAd(thread, call),
    otherApps(page, drafts, { call, addApp, ours: ui.state.apps[0] }),
    notices(drafts, call),
    section(
      t("phone"),
      h("a", { class: "button", href: `/phone#${thread.page.id}/${thread.customer.id}` }, t("openPhone")),
      h("p", { class: "mono soft" }, thread.customer.id),
    ),
  ];
}

function holder(control) {
  if (!control?.ownerAppId) {
    const text = control?.mode === "routing" ? t("heldByNobody") : t("heldByAll");
    return h("p", { class: "verdict", "data-testid": "business-holder", "data-owner": "" }, text);
  }
  const times = [
    control.since && t("heldSince", { at: clock(control.since) }),
    control.until && t("heldUntil", { left: left(control.until) }),
  ].filter(Boolean);
  return [
    h(
      "p",
      {
        class: `verdict ${control.own ? "good" : "warn"}`,
        "data-testid": "business-holder",
        "data-owner": control.ownerAppId,
      },
      t("heldBy", { name: control.ownerName }),
    ),
    times.length > 0 && h("p", { class: "soft" }, times.join(" · ")),
  ];
}

const folderButtons = (call) =>
  buttons(
    button(t("moveMain"), () => call("/inbox-move", { folder: "main" }), { "data-testid": "business-move-main" }),
    button(t("moveDone"), () => call("/inbox-move", { folder: "done" }), { "data-testid": "business-move-done" }),
    button(t("expire"), () => call("/control/expire", {}), { "data-testid": "business-expire" }),
  );

function leadAd(thread, call) {
  const { leadAd: running } = thread;
  return section(
    t("leadAd"),
    h("p", { class: "soft" }, running ? t("leadRunning", { title: running.adTitle }) : t("leadAdHint")),
    buttons(
      running
        ? [
            button(t("leadFinish"), () => call("/lead-ad/finish", { complete: true }), {
              "data-testid": "business-lead-finish",
            }),
            button(t("leadGiveUp"), () => call("/lead-ad/finish", { complete: false })),
          ]
        : button(t("leadStart"), () => call("/lead-ad", { keepRunning: true }), {
            "data-testid": "business-lead-start",
          }),
    ),
  );
}

function otherApps(page, drafts, { call, addApp, ours }) {
  const apps = page.apps ?? [];
  if (apps.length === 0) {
    return section(
      t("otherApps"),
      h("p", { class: "soft" }, t("otherAppNone")),
      buttons(button(t("addSalesBot"), () => addApp({}), { "data-testid": "business-app-add-here" })),
    );
  }
  const input = h("input", {
    value: drafts.app ?? t("appTextDefault"),
    "aria-label": t("appText"),
    "data-testid": "business-app-text",
    oninput: (event) => {
      drafts.app = event.target.value;
    },
  });
  return section(
    t("otherApps"),
    input,
    apps.map((app) =>
      buttons(
        button(t("appReply", { name: app.name }), () => call("/app-reply", { appId: app.id, text: input.value }), {
          "data-testid": "business-app-reply",
        }),
        button(t("appTakes", { name: app.name }), () => call("/control", { to: app.id }), {
          "data-testid": "business-app-takes",
        }),
      ),
    ),
    buttons(
      button(t("appPasses", { name: ours.name }), () => call("/control", { to: "own" }), {
        "data-testid": "business-pass-own",
      }),
    ),
  );
}

function notices(drafts, call) {
  const select = h(
    "select",
    {
      "aria-label": t("notices"),
      onchange: (event) => {
        drafts.notice = event.target.value;
      },
    },
    NOTICES.map((text) => h("option", { value: text, selected: text === drafts.notice }, text)),
  );
  return section(
    t("notices"),
    select,
    buttons(
      button(t("noticeSend"), () => call("/notice", { text: select.value }), { "data-testid": "business-notice-send" }),
    ),
  );
}
