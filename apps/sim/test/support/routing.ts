import { ANN, type Answer, BLUE, World } from "./world.ts";

export const SALES_BOT = "1900000000000777";
export const PAGE_INBOX = "263902037430900";
export const INSTAGRAM_INBOX = "1217981644879628";
export const LEAD_ADS = "413038776280800";
export const ROSA = "6400000000000001";
const FIELDS =
  "messages,message_echoes,message_deliveries,message_reads,message_reactions,messaging_postbacks,messaging_referrals,messaging_handovers";

/** A world in which our app hears everything of Blue Harbour, with short ways to play routing. */
export class RoutingWorld extends World {
  async listen(standby = true): Promise<void> {
    await this.subscribe(standby ? `${FIELDS},standby` : FIELDS);
    await this.subscribeApp(
      "instagram",
      `messages,messaging_postbacks,messaging_handover,messaging_seen${standby ? ",standby" : ""}`,
    );
  }

  get own(): string {
    return this.sim.app.id;
  }

  /** What came, in order: the member of the entry it travelled in and the event. */
  async heard(): Promise<{ channel: string; event: Answer["body"] }[]> {
    await this.sim.idle();
    return this.receiver.received.flatMap(({ body }) =>
      body.entry.flatMap((entry: Record<string, unknown>) =>
        ["messaging", "standby"].flatMap((channel) =>
          ((entry[channel] as unknown[]) ?? []).map((event) => ({ channel, event })),
        ),
      ),
    );
  }

  /** Texts and kinds, as `standby:hello` or `messaging:pass_thread_control`; receipts left out. */
  async told(): Promise<string[]> {
    const heard = await this.heard();
    return heard.flatMap(({ channel, event }) => {
      if ("delivery" in event || "read" in event) return [];
      const kind = Object.keys(event).find((key) => !["sender", "recipient", "timestamp"].includes(key));
      return [`${channel}:${event.message?.text ?? event.postback?.title ?? kind}`];
    });
  }

  async page(method: string, path: string, body: unknown = {}): Promise<Answer> {
    return await this.control(method, `/_sim/pages/${BLUE}${path}`, method === "GET" ? undefined : body);
  }

  async on(path: string, body: unknown = {}, customer = ANN): Promise<Answer> {
    return await this.page("POST", `/customers/${customer}${path}`, body);
  }

  async routing(defaultAppId: string, platform = "messenger"): Promise<Answer> {
    return await this.page("PUT", "/routing", { platform, enabled: true, defaultAppId });
  }

  /** A Graph call about control of a conversation, by our app. */
  async hand(verb: string, params: Record<string, string> = {}, customer = ANN): Promise<Answer> {
    return await this.graph("POST", `/v26.0/${BLUE}/${verb}_thread_control`, {
      recipient: JSON.stringify({ id: customer }),
      ...params,
    });
  }

  async owner(customer = ANN): Promise<string | null> {
    return (await this.thread(customer)).control.ownerAppId;
  }

  async threadOwner(customer = ANN): Promise<Answer["body"]> {
    return (await this.graph("GET", "/v26.0/me/thread_owner", { recipient: customer })).body.data;
  }
}

/** `10/2018300` of a refused call, or `ok`. */
export function outcome({ status, body }: Answer): string {
  if (status === 200) return "ok";
  const { code, error_subcode } = body.error;
  return error_subcode ? `${code}/${error_subcode}` : String(code);
}
