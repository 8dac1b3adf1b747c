import { describe, expect, it } from "vitest";
import {
  AT,
  fromCustomer,
  IGID,
  IGSID,
  instagramSamples as instagram,
  messengerSamples as messenger,
  PAGE,
  PSID,
  pageBody,
  pageChange,
  SENT_SECONDS,
  type WebhookSample,
  wireBytes,
} from "../../../../packages/meta-wire/fixtures/index.ts";
import type { InboundEvent } from "./channel.ts";
import { normalizeDelivery } from "./normalize.ts";

const only = (sample: WebhookSample | { body: object }): InboundEvent => {
  const { events } = normalizeDelivery(wireBytes(sample.body));
  expect(events).toHaveLength(1);
  return events[0]!;
};
const onPage = { platform: "messenger", accountId: PAGE, contactId: PSID, at: AT, standby: false };
const onInstagram = { platform: "instagram", accountId: IGID, contactId: IGSID, at: AT, standby: false };
const text = (label: string | null, value: string) => ({ label, value, kind: "text" });

describe("structured messages", () => {
  it("R5 shows an appointment as its state and times, of the customer and of the Page", () => {
    expect(only(messenger.appointment)).toMatchObject({
      ...onPage,
      kind: "appointment",
      direction: "inbound",
      incomplete: false,
      opensWindow: true,
      attachments: [],
      details: [
        text("status", "requested"),
        { label: "start", value: "2025-02-15T09:40:00.000Z", kind: "time" },
        { label: "end", value: "2025-02-15T10:40:00.000Z", kind: "time" },
        text("timezone", "America/Los_Angeles"),
      ],
    });
    expect(only(messenger.appointmentEcho)).toMatchObject({ kind: "appointment", direction: "outbound" });
    const unreadable = fromCustomer({ message: { mid: "m", attachments: [{ type: "appointment_booking" }] } });
    expect(only({ body: pageBody(unreadable) })).toMatchObject({ kind: "unsupported", incomplete: true, details: [] });
  });

  it("R5 shows every shared product with title, picture and price", () => {
    expect(only(messenger.product)).toMatchObject({
      kind: "template",
      text: "in blue?",
      attachments: [{ title: "Lamp", url: "https://scontent.xx.fbcdn.net/v/a1-p.jpg" }],
      details: [text("Lamp", "€ 40")],
    });
    expect(only(messenger.products)).toMatchObject({
      attachments: [{ title: "Lamp" }, { title: "Chair", url: "https://scontent.xx.fbcdn.net/v/a1-q.jpg" }],
      details: [text("Lamp", "€ 40"), text("Chair", "€ 90")],
    });
  });

  it("R2 shows the answers of a lead ad with its ad; only a completed form opens the window", () => {
    const complete = only(messenger.leadComplete);
    expect(complete).toMatchObject({
      ...onPage,
      at: 1_763_769_599_000,
      type: "message",
      kind: "lead",
      direction: "inbound",
      payload: "LEAD_COMPLETE",
      referral: { type: "LEAD_COMPLETE", adId: "6300001", adTitle: "Lamps" },
      details: [text("City?", "Bonn"), text("Phone?", "+49 228 1")],
      opensWindow: true,
    });
    expect(complete).toEqual(only(messenger.leadComplete));
    expect(complete).toMatchObject({ mid: expect.stringMatching(/^derived:/) });
    expect(only(messenger.leadIncomplete)).toMatchObject({
      kind: "lead",
      opensWindow: false,
      payload: "LEAD_INCOMPLETE",
    });
  });

  it("R5 shows a cart as its lines with the customer's note", () => {
    expect(only(messenger.order)).toMatchObject({
      kind: "order",
      text: "before Friday",
      details: [text("Soap", "2 × 11 THB"), text("s", "1 ×")],
      mid: expect.stringMatching(/^derived:/),
      opensWindow: true,
      incomplete: false,
    });
  });

  it("R5 shows customer information and feedback as answers that open no window", () => {
    expect(only(messenger.customerInformation)).toMatchObject({
      kind: "form",
      details: [text("country", "TH"), text("name", "Ann")],
      opensWindow: false,
    });
    expect(only(messenger.feedback)).toMatchObject({
      kind: "feedback",
      at: expect.any(Number),
      details: [text("csat", "5"), text(null, "Quick answer")],
      opensWindow: false,
    });
    const empty = { body: pageBody(fromCustomer({ messaging_feedback: {} })) };
    expect(only(empty)).toMatchObject({ kind: "feedback", incomplete: true });
  });

  it("R5 reads a change whose values are all strings like any other", () => {
    expect(only(messenger.messageAsChange)).toMatchObject({
      ...onPage,
      kind: "postback",
      mid: "m_change",
      text: "Start",
    });
  });
});

describe("control of threads", () => {
  const none = { previousAppId: null, newAppId: null, metadata: null };
  it.each([
    [
      "passed",
      messenger.passControl,
      onPage,
      { action: "pass", ...none, previousAppId: "263902037430900", newAppId: "123" },
    ],
    [
      "passed from idle",
      messenger.passFromIdle,
      onPage,
      { action: "pass", ...none, newAppId: "123", metadata: "messenger_lead_gen_complete" },
    ],
    [
      "taken",
      messenger.takeControl,
      onPage,
      { action: "take", previousAppId: "123", newAppId: "456", metadata: "taken" },
    ],
    [
      "asked for",
      messenger.requestControl,
      onPage,
      { action: "request", ...none, newAppId: "789", metadata: "please" },
    ],
    [
      "taken, as a change",
      messenger.controlAsChange,
      onPage,
      { action: "take", ...none, previousAppId: "123", newAppId: "456" },
    ],
    [
      "passed on Instagram",
      instagram.passControl,
      onInstagram,
      { action: "pass", ...none, previousAppId: "1217981644879628", newAppId: "123" },
    ],
    [
      "taken, as a value",
      instagram.controlAsChange,
      onInstagram,
      { action: "take", ...none, previousAppId: "123", newAppId: "1217981644879628" },
    ],
    [
      "asked for, wrapped",
      instagram.controlWrapped,
      onInstagram,
      { action: "request", ...none, newAppId: "789", metadata: "please" },
    ],
    [
      "a new holder, no action",
      instagram.controlBare,
      onInstagram,
      { action: "pass", ...none, previousAppId: "123", newAppId: "456" },
    ],
  ])("R4 reads a thread %s with its apps as strings", (_name, sample, place, said) => {
    expect(only(sample)).toEqual({ ...place, type: "control", ...said });
  });

  it("R4 makes no holder of the legacy roles, and none of an event without a customer", () => {
    expect(only(messenger.appRoles)).toMatchObject({ type: "other", name: "app_roles", understood: true });
    const nobody = pageBody({ recipient: { id: PAGE }, timestamp: AT, pass_thread_control: { new_owner_app_id: 1 } });
    expect(only({ body: nobody })).toMatchObject({ type: "other", name: "pass_thread_control", understood: false });
  });

  it("R2 marks what other apps answer aside", () => {
    expect(only(messenger.standbyEcho)).toMatchObject({ direction: "outbound", standby: true, appId: "456" });
    expect(only(instagram.standbyText)).toMatchObject({ direction: "inbound", standby: true, text: "hello" });
  });
});

describe("notices", () => {
  const person = { ...onPage, type: "notice" };
  const page = { ...person, contactId: null };
  const label = { ...person, at: SENT_SECONDS * 1000, text: "VIP", data: { label: "VIP", labelId: "771" } };
  it.each([
    [
      "Send to Messenger",
      messenger.optin,
      { ...person, kind: "optin", text: "PASS", data: { ref: "PASS", userRef: null } },
    ],
    [
      "checkbox plugin",
      messenger.optinCheckbox,
      { ...page, at: 1_763_769_599_000, kind: "optin", text: "PASS", data: { ref: "PASS", userRef: "ref-77" } },
    ],
    [
      "marketing messages",
      messenger.optinMarketing,
      {
        ...person,
        kind: "optin",
        text: "News of the week",
        data: {
          ref: null,
          userRef: null,
          type: "notification_messages",
          payload: "NEWS",
          token: "token-1",
          timezone: "Europe/Berlin",
          expiresAt: "1779321600000",
          tokenStatus: "NOT_REFRESHED",
        },
      },
    ],
    [
      "marketing messages stopped",
      messenger.optinStopped,
      {
        ...person,
        kind: "optin",
        text: null,
        data: {
          ref: null,
          userRef: null,
          type: "notification_messages",
          token: "token-1",
          status: "STOP NOTIFICATIONS",
        },
      },
    ],
    [
      "one-time notification",
      messenger.optinOnce,
      {
        ...person,
        kind: "optin",
        text: null,
        data: { ref: null, userRef: null, type: "one_time_notif_req", payload: "RESTOCK", token: "token-2" },
      },
    ],
    [
      "customer matching",
      messenger.optinAccepted,
      { ...person, kind: "optin", text: "CRM", data: { ref: "CRM", userRef: null, messageRequest: "accept" } },
    ],
    [
      "Instagram marketing messages",
      instagram.optin,
      {
        ...onInstagram,
        type: "notice",
        kind: "optin",
        text: "News",
        data: { ref: null, userRef: null, type: "notification_messages", payload: "N" },
      },
    ],
    ["account linked, without its code", messenger.linked, { ...person, kind: "account_linked", text: null, data: {} }],
    ["account unlinked", messenger.unlinked, { ...person, kind: "account_unlinked", text: null, data: {} }],
    ["label added", messenger.labelAdded, { ...label, kind: "label_added" }],
    ["label removed", messenger.labelRemoved, { ...label, kind: "label_removed" }],
    [
      "thumb",
      messenger.responseFeedback,
      { ...person, kind: "response_feedback", text: "Good response", data: { mid: "m_echo" } },
    ],
    ["policy warning", messenger.policy, { ...page, kind: "policy_warning", text: "spam", data: {} }],
    [
      "policy block, old spelling",
      messenger.policyOld,
      { ...page, kind: "policy_block", text: "excessive messages", data: {} },
    ],
    ["policy block lifted", messenger.policyUnblock, { ...page, kind: "policy_unblock", text: null, data: {} }],
    [
      "integrity of the Page",
      messenger.integrity,
      {
        ...page,
        at: SENT_SECONDS * 1000,
        kind: "integrity",
        text: "RESTRICTED",
        data: {
          field: "business_integrity",
          status: "RESTRICTED",
          restrictions: '[{"type":"SEND"}]',
          appealable: "true",
        },
      },
    ],
    [
      "integrity of messaging",
      messenger.messagingIntegrity,
      { ...page, kind: "integrity", text: "SPAM", data: { field: "messaging_integrity", violation_type: "SPAM" } },
    ],
    ["lead form", messenger.leadForm, { ...person, kind: "lead_form_submitted", text: null, data: { formId: "123" } }],
    [
      "lead form, flat",
      messenger.leadFormFlat,
      { ...person, kind: "lead_form_submitted", text: null, data: { formId: "123" } },
    ],
    ["guest gone", messenger.guestEnded, { ...person, kind: "guest_ended", text: null, data: {} }],
  ])("R5 reads as a notice, never as a message: %s", (_name, sample, expected) => {
    expect(only(sample)).toEqual(expected);
  });

  it("R5 makes no notice of what names nobody or says nothing known", () => {
    for (const members of [
      { optin: { ref: "x" } },
      { account_linking: { status: "linked" } },
      { policy_enforcement: { action: "smile" } },
      { response_feedback: {} },
      { guest_chat: { status: "ended" } },
    ])
      expect(only({ body: pageBody({ recipient: { id: PAGE }, timestamp: AT, ...members }) })).toMatchObject({
        type: "other",
        name: Object.keys(members)[0],
        understood: false,
      });
    expect(only({ body: pageChange("inbox_labels", { action: "add" }) })).toMatchObject({
      type: "other",
      understood: false,
    });
  });
});
