import type { Channel } from "@firstline/contracts";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useChannels, useMe } from "../../lib/session.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { NotAllowed } from "../../ui/NotAllowed.tsx";
import { Page } from "../../ui/Page.tsx";
import { Section } from "../../ui/Section.tsx";
import { LineSkeletons } from "../../ui/Skeletons.tsx";
import { chosenChannel, templateChannels } from "./channel.ts";
import { NoTemplatesHere } from "./NoTemplatesHere.tsx";

interface Props {
  /** The channel the address names. */
  wanted: string | undefined;
  title: string;
  text: string;
  actions?: (channel: Channel) => ReactNode;
  children: (channel: Channel) => ReactNode;
}

/** A page that makes templates: for a Page that is connected, and for those who may. */
export function ManagedPage({ wanted, title, text, actions, children }: Props) {
  const { t } = useTranslation("templates");
  const { channels, isPending, isError, error, refetch } = useChannels();
  const { may } = useMe();
  const channel = chosenChannel(templateChannels(channels, wanted), wanted);
  const usable = may("templates:write") && channel?.platform === "messenger" ? channel : null;
  const back = { to: "/settings/templates", label: t("title") } as const;
  return (
    <Page
      title={title}
      text={usable ? t("onPage", { page: usable.name, text }) : text}
      back={back}
      actions={usable ? actions?.(usable) : null}
      wide
    >
      {!may("templates:write") ? (
        <Section>
          <NotAllowed />
        </Section>
      ) : isPending ? (
        <Section>
          <LineSkeletons count={6} />
        </Section>
      ) : isError ? (
        <Section>
          <ErrorState error={error} onRetry={() => void refetch()} />
        </Section>
      ) : usable ? (
        children(usable)
      ) : (
        <NoTemplatesHere />
      )}
    </Page>
  );
}
