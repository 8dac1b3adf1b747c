import type { Platform } from "@firstline/contracts";
import { splitText } from "@firstline/core/text";
import { Button } from "@mantine/core";
import { IconCut } from "@tabler/icons-react";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./split.module.css";

interface Props {
  platform: Platform;
  text: string;
  canSend: boolean;
  onSend: (parts: string[]) => void;
}

/** For a text Meta does not take in one message: where it would be cut, and the button that agrees to it. */
export function SplitOffer({ platform, text, canSend, onSend }: Props) {
  const { t } = useTranslation("composer");
  const id = useId();
  const [open, setOpen] = useState(false);
  const parts = useMemo(() => splitText(platform, text), [platform, text]);
  return (
    <div className={classes.offer} data-testid="split-offer">
      <IconCut size={17} stroke={1.7} aria-hidden />
      <div className={classes.words}>
        <p role="status">{t(`split.${platform}`)}</p>
        <div className={classes.actions}>
          <Button size="xs" disabled={!canSend} onClick={() => onSend(parts)} data-testid="split-send">
            {t("split.send", { count: parts.length })}
          </Button>
          <Button
            size="xs"
            variant="default"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
            data-testid="split-show"
          >
            {t("split.show")}
          </Button>
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling list must be reachable by keyboard */}
        <ol id={id} hidden={!open} className={classes.parts} aria-label={t("split.parts")} tabIndex={0}>
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts have nothing but their place
            <li key={index} data-testid="split-part">
              {part}
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
