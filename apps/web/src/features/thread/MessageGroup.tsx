import type { Message } from "@firstline/contracts";
import {
  IconAd,
  IconApi,
  IconAppWindow,
  IconEye,
  IconInbox,
  IconInfoCircle,
  IconMessage2Bolt,
  IconQuestionMark,
  IconRobot,
  IconSparkles,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { clockTime, fullTime } from "../../lib/time.ts";
import { Avatar } from "../../ui/Avatar.tsx";
import { useSourceName } from "../../ui/sourceName.ts";
import { Bubble } from "./Bubble.tsx";
import { useThreadActions } from "./context.ts";
import { Receipt } from "./Receipt.tsx";
import classes from "./thread.module.css";

const marks = {
  automation: IconMessage2Bolt,
  api: IconApi,
  other_app: IconAppWindow,
  page_inbox: IconInbox,
  meta_ai: IconSparkles,
  lead_ad_flow: IconAd,
  meta_notice: IconInfoCircle,
  unknown: IconQuestionMark,
  agent: IconRobot,
  customer: IconRobot,
} as const;

/** Written by something that is not this product, though in the Page's name. */
const foreign = new Set<Message["source"]["kind"]>([
  "other_app",
  "page_inbox",
  "meta_ai",
  "lead_ad_flow",
  "meta_notice",
]);

/** Bubbles of one author written together, under the name of who wrote them. */
export function MessageGroup({ messages }: { messages: Message[] }) {
  const { i18n, t } = useTranslation("thread");
  const name = useSourceName();
  const { newestOut } = useThreadActions();
  const first = messages[0];
  const last = messages.at(-1);
  if (!first || !last) return null;
  const outbound = first.direction === "outbound";
  const ours = first.source.kind === "agent";
  const settled = outbound && last.id !== newestOut && messages.every((message) => message.state === last.state);
  const Mark = marks[first.source.kind];
  return (
    <div className={classes.group} data-side={outbound ? "out" : "in"} data-ours={(outbound && ours) || undefined}>
      <div className={classes.by}>
        {outbound ? (
          <span className={classes.author} data-testid="message-source" data-source={first.source.kind}>
            {ours ? (
              <>
                <Avatar
                  name={first.source.name ?? name(first.source)}
                  seed={first.source.memberId ?? first.source.name ?? ""}
                  size={18}
                />
                {name(first.source)}
              </>
            ) : (
              <>
                <span className={classes.mark}>
                  <Mark size={13} stroke={1.8} aria-hidden />
                  {name(first.source)}
                </span>
                {foreign.has(first.source.kind) ? <span>{t("notByUs")}</span> : null}
              </>
            )}
          </span>
        ) : null}
        <time dateTime={first.sentAt} title={fullTime(first.sentAt, i18n.language)}>
          {clockTime(first.sentAt, i18n.language)}
        </time>
        {first.standby ? (
          <span className={classes.aside} title={t("standby.why")} data-testid="standby">
            <IconEye size={13} stroke={1.7} aria-hidden />
            {t("standby.mark")}
          </span>
        ) : null}
        {settled ? <Receipt message={last} quiet /> : null}
      </div>
      {messages.map((message, index) => {
        const next = messages[index + 1];
        // One mark speaks for a row of messages of one state.
        const speaks = outbound && !settled && (!next || next.state !== message.state);
        return (
          <div key={message.clientId ?? message.id} className={classes.line}>
            <Bubble message={message} first={index === 0} next={next} />
            {speaks ? <Receipt message={message} /> : null}
          </div>
        );
      })}
    </div>
  );
}
