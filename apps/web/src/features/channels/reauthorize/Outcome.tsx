import type { Channel } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Notice } from "../../../ui/Notice.tsx";
import { ReauthorizationProblem } from "../../../ui/ReauthorizationProblem.tsx";
import { outcomeQuery } from "./queries.ts";

/** Back from Meta's dialog: whether the channel has its access again, else why not. Nothing when nobody comes from there. */
export function Outcome({
  channel,
  onAgain,
  again,
}: {
  channel: Channel;
  onAgain: (() => void) | null;
  again: boolean;
}) {
  const { reauthorization } = useSearch({ from: "/app/settings/channels/$channelId" });
  return reauthorization ? <Told state={reauthorization} channel={channel} onAgain={onAgain} again={again} /> : null;
}

function Told({
  state,
  channel,
  onAgain,
  again,
}: {
  state: string;
  channel: Channel;
  onAgain: (() => void) | null;
  again: boolean;
}) {
  const { t, i18n } = useTranslation("reauthorize");
  const navigate = useNavigate({ from: "/settings/channels/$channelId" });
  const { data } = useQuery(outcomeQuery(state, i18n.language));
  const close = (
    <Button
      size="xs"
      variant="default"
      onClick={() => void navigate({ to: ".", search: {}, replace: true })}
      data-testid="reauthorization-close"
    >
      {t("common:close")}
    </Button>
  );
  if (!data || data.outcome === "pending") return null;
  if (data.outcome === "done")
    return (
      <Notice
        tone="good"
        live
        title={t("member.doneTitle", { page: channel.name })}
        actions={close}
        testId="reauthorization-done"
      >
        <p>{t("member.doneText")}</p>
      </Notice>
    );
  return (
    <Notice
      tone="bad"
      live
      testId="reauthorization-refused"
      actions={
        <>
          {onAgain ? (
            <Button size="xs" loading={again} onClick={onAgain}>
              {t("result.again")}
            </Button>
          ) : null}
          {close}
        </>
      }
    >
      <ReauthorizationProblem result={data} />
    </Notice>
  );
}
