/** Makes the demo worth looking at: an owner, colleagues, connected Pages, conversations in every state. Does nothing the second time. */

export const OWNER = { name: "Kai Lindqvist", email: "kai@blueharbour.example", password: "harbour-lights" };
const COLLEAGUE = { name: "Mei Lin", email: "mei@blueharbour.example", password: "harbour-lights" };

interface SimState {
  apps: { id: string }[];
  pages: {
    id: string;
    name: string;
    accessToken: string;
    instagramId?: string;
    customers: { id: string; name: string; kind?: string }[];
  }[];
}
interface Conversation {
  id: string;
  contact: { externalId: string; name: string };
  unreadCount: number;
  reply: { state: string };
}

export async function furnish(o: {
  url: string;
  simUrl: string;
  apiKey: string;
  say: (text: string) => void;
}): Promise<void> {
  const call = caller(o.url, { authorization: `Bearer ${o.apiKey}` });
  const setup = await call<{ needed: boolean }>("GET", "/api/v1/setup");
  if (!setup.needed) return;
  o.say("Connecting the sample Pages and playing their conversations …");
  await call("POST", "/api/v1/setup", { workspaceName: "Blue Harbour", ...OWNER });
  const kai = await signIn(o.url, OWNER);
  const invitation = await kai<{ url: string }>("POST", "/api/v1/invitations", {
    email: COLLEAGUE.email,
    role: "agent",
  });
  await call("POST", `/api/v1/invitations/by-token/${invitation.url.split("/").at(-1)}/accept`, {
    name: COLLEAGUE.name,
    password: COLLEAGUE.password,
  });
  const mei = await signIn(o.url, COLLEAGUE);

  const sim = caller(o.simUrl, {});
  // The sample app has Meta's approval for human-agent replies, on both sides.
  await sim("PUT", "/_sim/faults", { humanAgentApproved: true });
  const state = await sim<SimState>("GET", "/_sim/state");
  await sim("PATCH", `/_sim/apps/${state.apps[0]!.id}`, {
    deauthorizeUrl: `${o.url}/webhooks/meta/deauthorize`,
    dataDeletionUrl: `${o.url}/webhooks/meta/data-deletion`,
  });
  for (const page of state.pages) {
    const channel = await kai<{ id: string }>("POST", "/api/v1/channels", {
      platform: "messenger",
      externalId: page.id,
      accessToken: page.accessToken,
    });
    for (const template of TEMPLATES) await kai("POST", `/api/v1/channels/${channel.id}/templates`, template);
    if (page.instagramId)
      await kai("POST", "/api/v1/channels", {
        platform: "instagram",
        externalId: page.instagramId,
        accessToken: page.accessToken,
      });
  }
  await sim("POST", "/_sim/world/play", {});
  await sim("GET", "/_sim/webhooks/idle");
  await settled(call);
  await furnishDesk(kai, mei);
}

/** Notices a shop sends after the reply window, in both of its customers' languages. */
const TEMPLATES = [
  {
    name: "order_update",
    language: "en",
    header: "Your order {{1}} is on its way",
    body: "Hello {{1}}, your order left our store today and should reach you on {{2}}, in the afternoon.",
    buttons: [{ kind: "url", text: "Track it", url: "https://shop.example/orders/{{1}}" }],
    examples: { "header.1": "566701", "body.1": "Ann", "body.2": "12 May", "button.0": "566701" },
  },
  {
    name: "appointment_reminder",
    language: "zh_TW",
    body: "您好 {{1}}，提醒您 {{2}} 在本店的預約。如無法前來，請直接回覆這則訊息。",
    examples: { "body.1": "怡君", "body.2": "5 月 12 日下午三點" },
  },
];

type Call = <T = unknown>(method: string, path: string, body?: unknown) => Promise<T>;

/** Who looks after whom, a note, a resolved thread and a reply that Meta refuses. */
async function furnishDesk(kai: Call, mei: Call): Promise<void> {
  const all = (await kai<{ data: Conversation[] }>("GET", "/api/v1/conversations?limit=100")).data;
  const his = (await kai<{ member: { id: string } }>("GET", "/api/v1/me")).member.id;
  const hers = (await mei<{ member: { id: string } }>("GET", "/api/v1/me")).member.id;
  const byId = (end: string) => all.find((c) => c.contact.externalId.endsWith(end));
  const ann = byId("0001");
  for (const [n, c] of all.entries()) {
    if (n % 4 !== 0 && c !== ann) await kai("POST", `/api/v1/conversations/${c.id}/read`);
    if (n % 3 === 0 || c === ann) await kai("PATCH", `/api/v1/conversations/${c.id}`, { assigneeId: his });
    else if (n % 3 === 1) await mei("PATCH", `/api/v1/conversations/${c.id}`, { assigneeId: hers });
  }
  if (ann)
    await mei("POST", `/api/v1/conversations/${ann.id}/notes`, { text: "Prefers to pick up in the Xinyi store." });
  const blocked = byId("0008");
  if (blocked)
    await kai("POST", `/api/v1/conversations/${blocked.id}/messages`, {
      clientId: `demo-${blocked.id}`,
      text: "I understand. The refund is on its way; you will see it within two days.",
    });
  const done = all.find((c) => c.contact.name === "Peter Wu");
  if (done) await mei("PATCH", `/api/v1/conversations/${done.id}`, { status: "resolved" });
}

/** Waits until every delivery has become rows and every name has been looked up. */
async function settled(call: Call): Promise<void> {
  for (let i = 0; i < 150; i++) {
    const pending = await call<{ data: unknown[] }>("GET", "/api/v1/deliveries?state=pending&limit=1");
    const named = await call<{ data: { contact: { nameReason: string | null } }[] }>(
      "GET",
      "/api/v1/conversations?limit=100",
    );
    if (
      pending.data.length === 0 &&
      named.data.length > 0 &&
      named.data.every((c) => c.contact.nameReason !== "pending")
    )
      return;
    await new Promise((r) => setTimeout(r, 100));
  }
}

async function signIn(url: string, who: { email: string; password: string }): Promise<Call> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify(who),
  });
  if (!response.ok) throw new Error(`${who.email} could not sign in (${response.status})`);
  const cookie = response.headers
    .getSetCookie()
    .map((c) => c.split(";")[0])
    .join("; ");
  return caller(url, { cookie, origin: url });
}

function caller(url: string, headers: Record<string, string>): Call {
  return async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text.slice(0, 300)}`);
    return (text ? JSON.parse(text) : null) as never;
  };
}
