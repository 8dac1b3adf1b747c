import { type BrowserContextOptions, expect } from "@playwright/test";
import { type Call, caller } from "./call.ts";
import { BLUE_HARBOUR } from "./sim-control.ts";
import type { World } from "./world.ts";

/** A member who has signed in once; browsers take the session over, so that no journey meets the limit of sign-ins. */
export interface Person {
  name: string;
  email: string;
  password: string;
  memberId: string;
  /** Where this person works. */
  url: string;
  /** The API with this person's session. */
  call: Call;
  storageState: Exclude<BrowserContextOptions["storageState"], string | undefined>;
}

export const KAI = { name: "Kai Lindqvist", email: "kai@blueharbour.example", password: "harbour-lights" };
export const MEI = { name: "Mei Lin", email: "mei@blueharbour.example", password: "lantern-garden" };

export interface Team {
  /** The owner, an administrator. */
  kai: Person;
  /** An agent. */
  mei: Person;
}

/** First-run set-up through the API: a workspace, its owner, one agent. */
export async function setUpTeam(world: World): Promise<Team> {
  await caller(world.url)("POST", "/api/v1/setup", { workspaceName: "Blue Harbour", ...KAI });
  const kai = await signIn(world, KAI);
  const invitation = await kai.call<{ url: string }>("POST", "/api/v1/invitations", {
    email: MEI.email,
    role: "agent",
  });
  const token = invitation.url.split("/").at(-1);
  const { name, password } = MEI;
  await caller(world.url)("POST", `/api/v1/invitations/by-token/${token}/accept`, { name, password });
  return { kai, mei: await signIn(world, MEI) };
}

export async function signIn(world: World, who: { name: string; email: string; password: string }): Promise<Person> {
  const response = await fetch(`${world.url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: world.url },
    body: JSON.stringify({ email: who.email, password: who.password, rememberMe: true }),
  });
  if (!response.ok) throw new Error(`${who.email} could not sign in: ${response.status} ${await response.text()}`);
  const cookies = response.headers.getSetCookie().map((line) => line.split(";")[0]!);
  const call = caller(world.url, { cookie: cookies.join("; "), origin: world.url });
  const { member } = await call<{ member: { id: string } }>("GET", "/api/v1/me");
  return {
    ...who,
    memberId: member.id,
    url: world.url,
    call,
    storageState: {
      cookies: cookies.map((pair) => ({
        name: pair.slice(0, pair.indexOf("=")),
        value: pair.slice(pair.indexOf("=") + 1),
        domain: "localhost",
        path: "/",
        expires: -1,
        httpOnly: true,
        secure: false,
        sameSite: "Lax" as const,
      })),
      origins: [],
    },
  };
}

/**
 * Connects a Page by token, as an administrator with a Page token would, and lets the survey and the self-test that follow end: they
 * would meet what a journey breaks at Meta next, and tell of it before the journey does.
 */
export async function connectPage(world: World, pageId = BLUE_HARBOUR): Promise<{ id: string }> {
  const page = (await world.sim.state()).pages.find((one) => one.id === pageId)!;
  const { accessToken } = page;
  const connection = { platform: "messenger", externalId: pageId, accessToken };
  const channel = await world.api<{ id: string }>("POST", "/api/v1/channels", connection);
  await expect.poll(() => world.openJobs("channels.survey", "channels.self_test"), { timeout: 20_000 }).toEqual([]);
  return channel;
}
