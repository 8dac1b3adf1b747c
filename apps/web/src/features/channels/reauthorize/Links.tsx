import type { ReauthorizationLink } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../../lib/time.ts";
import { useFaultWords } from "../../../ui/faultWords.ts";
import { ProblemNotice } from "../../../ui/ProblemNotice.tsx";
import { Tag } from "../../../ui/Tag.tsx";
import classes from "./links.module.css";
import { linksQuery, useRevokeLink } from "./queries.ts";

const SHOWN = 5;
const tones = { open: "accent", used: "good", expired: "plain", revoked: "plain" } as const;

/** The last links of a channel, and what became of them. */
export function Links({ channelId }: { channelId: string }) {
  const { t, i18n } = useTranslation("reauthorize");
  const links = useQuery(linksQuery(channelId, i18n.language));
  const revoke = useRevokeLink(channelId);
  const shown = links.data?.data.slice(0, SHOWN) ?? [];
  if (shown.length === 0) return null;
  return (
    <section className={classes.links} aria-labelledby="sent-links">
      <h3 id="sent-links">{t("send.list")}</h3>
      <ul>
        {shown.map((link) => (
          <li key={link.id} data-testid="sent-link" data-state={link.state}>
            <div className={classes.words}>
              <div className={classes.line}>
                <Tag tone={tones[link.state]}>{t(`send.state.${link.state}`)}</Tag>
                <span>
                  <When link={link} />
                </span>
              </div>
              <Tried link={link} />
            </div>
            {link.state === "open" ? (
              <Button
                size="xs"
                variant="default"
                loading={revoke.isPending && revoke.variables === link.id}
                onClick={() => revoke.mutate(link.id)}
                data-testid="revoke-link"
              >
                {t("send.revoke")}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <ProblemNotice error={revoke.error} />
    </section>
  );
}

function When({ link }: { link: ReauthorizationLink }) {
  const { t, i18n } = useTranslation("reauthorize");
  const time = dateTime(link.closedAt ?? link.expiresAt, i18n.language);
  if (link.state === "open") return t("send.until", { time });
  if (link.state !== "used") return t("send.closed", { time });
  return link.usedBy ? t("send.usedBy", { name: link.usedBy, time }) : t("send.usedByNobody", { time });
}

/** How often it was opened, and why the last try did not succeed. */
function Tried({ link }: { link: ReauthorizationLink }) {
  const { t } = useTranslation("reauthorize");
  const words = useFaultWords();
  if (link.state === "used") return null;
  const problem = link.lastProblem ? words(link.lastProblem.code, link.lastProblem).title : null;
  return (
    <p>
      {t("send.opened", { count: link.openings })}
      {problem ? ` · ${t("send.last", { text: problem })}` : null}
    </p>
  );
}
