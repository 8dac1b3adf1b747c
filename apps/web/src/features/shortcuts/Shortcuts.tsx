import { Modal } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "../../lib/keyboard.ts";
import { onOpenShortcuts } from "../../lib/shortcuts.ts";
import { CommandPalette } from "./CommandPalette.tsx";
import classes from "./shortcuts.module.css";

const mac = /mac|iphone|ipad/i.test(navigator.platform);
const command = mac ? "⌘" : "Ctrl";

const groups: { name: string; keys: { does: string; keys: string[] }[] }[] = [
  {
    name: "everywhere",
    keys: [
      { does: "palette", keys: [command, "K"] },
      { does: "help", keys: ["?"] },
      { does: "search", keys: ["/"] },
    ],
  },
  {
    name: "list",
    keys: [
      { does: "next", keys: ["J"] },
      { does: "previous", keys: ["K"] },
    ],
  },
  {
    name: "conversation",
    keys: [
      { does: "reply", keys: ["R"] },
      { does: "note", keys: ["N"] },
      { does: "assignMe", keys: ["A"] },
      { does: "resolve", keys: ["E"] },
      { does: "unread", keys: ["U"] },
      { does: "contact", keys: ["C"] },
      { does: "template", keys: ["M"] },
      { does: "take", keys: ["T"] },
      { does: "release", keys: ["G"] },
    ],
  },
  {
    name: "composer",
    keys: [
      { does: "send", keys: ["Enter"] },
      { does: "line", keys: ["Shift", "Enter"] },
      { does: "emoji", keys: [command, "E"] },
      { does: "leave", keys: ["Esc"] },
    ],
  },
];

/** `?` lists the shortcuts, Ctrl/Cmd-K reaches every action. `asked`: opens at once, as its key was what loaded it. */
export function Shortcuts({ asked }: { asked: "palette" | "keys" | null }) {
  const { t } = useTranslation("shortcuts");
  const [open, setOpen] = useState(asked === "keys");
  useKeys({ "?": () => setOpen(true) });
  useEffect(() => onOpenShortcuts(() => setOpen(true)), []);
  return (
    <>
      <CommandPalette open={asked === "palette"} />
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t("title")}
        size="lg"
        closeButtonProps={{ "aria-label": t("common:close") }}
        data-testid="shortcuts"
      >
        <div className={classes.groups}>
          {groups.map((group) => (
            <section key={group.name}>
              <h3>{t(`group.${group.name}`)}</h3>
              <dl>
                {group.keys.map(({ does, keys }) => (
                  <div key={does}>
                    <dt>{t(`does.${does}`)}</dt>
                    <dd>
                      {keys.map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          ))}
        </div>
      </Modal>
    </>
  );
}
