import type { Check } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session.ts";
import { traceLink } from "../../lib/settingsSearch.ts";
import { actionOf, OUTSIDE } from "./checkAction.ts";

export interface CheckContext {
  channelId: string;
  onRenew: (() => void) | null;
  renewing: boolean;
}

const places = { compare: "#compare", clicks: "#routing-clicks", selfTest: "#self-test" } as const;

/** The button of a check that asks for something: leads to what helps, on this page or elsewhere. */
export function CheckButton({ check, channelId, onRenew, renewing }: { check: Check } & CheckContext) {
  const { t } = useTranslation("channels");
  const { may } = useMe();
  const action = actionOf(check);
  if (!action) return null;
  const shared = { size: "xs", variant: "default", "data-testid": "check-action", "data-action": action } as const;
  const label = (
    <>
      {t(`act.${action}`)}
      <span className="sr-only">: {check.title}</span>
    </>
  );
  switch (action) {
    case "renew":
      return onRenew ? (
        <Button {...shared} loading={renewing} onClick={onRenew}>
          {label}
        </Button>
      ) : null;
    case "compare":
    case "clicks":
    case "selfTest":
      return (
        <Button {...shared} component="a" href={places[action]}>
          {label}
        </Button>
      );
    case "trace":
      return (
        <Button {...shared} renderRoot={(props) => <Link {...traceLink({ channelId })} {...props} />}>
          {label}
        </Button>
      );
    case "deliveries":
      return may("deliveries:read") ? (
        <Button
          {...shared}
          renderRoot={(props) => <Link to="/settings/deliveries" search={{ channel: channelId }} {...props} />}
        >
          {label}
        </Button>
      ) : null;
    default:
      return (
        <Button
          {...shared}
          component="a"
          href={OUTSIDE[action]}
          target="_blank"
          rel="noreferrer"
          rightSection={<IconExternalLink size={14} stroke={1.7} aria-hidden />}
        >
          {label}
        </Button>
      );
  }
}
