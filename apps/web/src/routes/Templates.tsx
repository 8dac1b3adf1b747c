import type { Conversation } from "@firstline/contracts";
import { useCallback, useState } from "react";
import { useTemplatesCommand } from "../lib/commands.ts";
import { settingsTexts } from "../lib/i18n.ts";
import { useKeys } from "../lib/keyboard.ts";
import { useLater } from "../lib/later.ts";
import { useChannels, useMe } from "../lib/session.ts";

/** The words of templates are among those of the settings. */
const load = async () =>
  (await Promise.all([import("../features/templates/picker/TemplatePicker.tsx"), settingsTexts()]))[0];

/** The choice of templates for the conversation on the screen, fetched when it is asked for; `M` opens it. */
export function Templates({ conversation }: { conversation: Conversation }) {
  const { may } = useMe();
  const { byId } = useChannels();
  const offered = may("conversations:write") && byId(conversation.channelId)?.platform === "messenger";
  const [opened, setOpened] = useState(false);
  const open = useCallback(() => setOpened(true), []);
  const close = useCallback(() => setOpened(false), []);
  const part = useLater(load, opened);
  useTemplatesCommand(offered ? open : null);
  useKeys(offered ? { m: open } : {});
  return opened && offered && part ? <part.TemplatePicker conversation={conversation} onClose={close} /> : null;
}
