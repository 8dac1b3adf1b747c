import type { Message } from "@firstline/contracts";
import { ActionIcon, Popover } from "@mantine/core";
import { IconMoodPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNow } from "../../lib/clock.ts";
import { useLater } from "../../lib/later.ts";
import { heldNow, replyAt } from "../../lib/replyNow.ts";
import { useThreadActions } from "./context.ts";
import classes from "./react.module.css";

const load = () => import("./ReactionPicker.tsx");

/** Beside a customer's message: reacting to it in the Page's name, as long as Meta lets the Page act at all. */
export function ReactButton({ message, onReply }: { message: Message; onReply: (() => void) | null }) {
  const { t } = useTranslation("thread");
  const { conversation } = useThreadActions();
  const now = useNow(30_000);
  const [opened, setOpened] = useState(false);
  const part = useLater(load, opened);
  const open = replyAt(conversation.reply, now).state === "open" && heldNow(conversation, now) === null;
  if (!open && !onReply) return null;
  return (
    <Popover
      position="top"
      trapFocus
      returnFocus
      opened={opened}
      onChange={setOpened}
      middlewares={{ flip: true, shift: true }}
    >
      <Popover.Target>
        <ActionIcon
          className={classes.open}
          data-only-reply={!open || undefined}
          size={28}
          aria-label={t(open ? "react.label" : "reply")}
          title={t(open ? "react.open" : "reply")}
          aria-haspopup="dialog"
          onClick={() => setOpened(!opened)}
          data-testid="react-open"
        >
          <IconMoodPlus size={16} stroke={1.7} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown className={classes.panel} aria-label={t("react.label")} data-testid="react-panel">
        {part ? (
          <part.ReactionPicker
            message={message}
            canReact={open}
            onReply={
              onReply &&
              (() => {
                setOpened(false);
                onReply();
              })
            }
            onDone={() => setOpened(false)}
          />
        ) : (
          <div className={classes.quick} />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
