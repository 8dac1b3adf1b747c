import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconHelpCircle,
  IconPlugConnectedX,
} from "@tabler/icons-react";
import classes from "./channels.module.css";
import type { Tone } from "./state.ts";

const icons = {
  good: IconCircleCheckFilled,
  warn: IconAlertTriangleFilled,
  bad: IconCircleXFilled,
  off: IconPlugConnectedX,
  unknown: IconHelpCircle,
};

/** The state as form and colour; the words are beside it. */
export function StateMark({ tone, size = 16 }: { tone: Tone | "unknown"; size?: number }) {
  const Icon = icons[tone];
  return <Icon className={classes.mark} data-tone={tone} size={size} stroke={1.8} aria-hidden />;
}
