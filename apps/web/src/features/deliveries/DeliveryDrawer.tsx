import { Button, Drawer } from "@mantine/core";
import { IconRotateClockwise } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../lib/session.ts";
import { fileSize, fullTime, preciseTime } from "../../lib/time.ts";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { Notice } from "../../ui/Notice.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { LineSkeletons } from "../../ui/Skeletons.tsx";
import { DeliveryBody } from "./DeliveryBody.tsx";
import { DeliveryEvents } from "./DeliveryEvents.tsx";
import { DeliveryHeaders } from "./DeliveryHeaders.tsx";
import { DeliveryState } from "./DeliveryTable.tsx";
import classes from "./deliveries.module.css";
import { deliveryQuery, useReplay } from "./queries.ts";

/** One delivery in full, beside the list. */
export function DeliveryDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation("deliveries");
  // Keeps what it shows while it slides away.
  const [shown, setShown] = useState(id);
  useEffect(() => {
    if (id) setShown(id);
  }, [id]);
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size={640}
      title={t("detail.title", { id: shown })}
      closeButtonProps={{ "aria-label": t("common:close") }}
      transitionProps={{ duration: 140 }}
    >
      {shown ? <Detail key={shown} id={shown} /> : null}
    </Drawer>
  );
}

function Detail({ id }: { id: string }) {
  const { t, i18n } = useTranslation("deliveries");
  const { may } = useMe();
  const query = useQuery(deliveryQuery(id));
  const replay = useReplay();
  if (query.isPending) return <LineSkeletons count={9} />;
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  const delivery = query.data;
  const replayed = replay.isSuccess && delivery.state !== "pending";
  return (
    <div className={classes.detail} data-testid="delivery-drawer">
      <dl className={classes.facts}>
        <Fact name={t("column.state")}>
          <DeliveryState state={delivery.state} />
        </Fact>
        <Fact name={t("column.received")}>
          <time dateTime={delivery.receivedAt} title={fullTime(delivery.receivedAt, i18n.language)}>
            {preciseTime(delivery.receivedAt, i18n.language)}
          </time>
        </Fact>
        <Fact name={t("detail.processed")}>
          {delivery.processedAt ? (
            <Processed received={delivery.receivedAt} at={delivery.processedAt} />
          ) : (
            t("detail.notYet")
          )}
        </Fact>
        <Fact name={t("detail.attempts")}>{delivery.attempts}</Fact>
        {delivery.replays > 0 ? <Fact name={t("detail.replayed")}>{delivery.replays}</Fact> : null}
        <Fact name={t("column.size")}>{fileSize(delivery.size, i18n.language)}</Fact>
        <Fact name={t("column.events")}>{delivery.events ?? "–"}</Fact>
        <Fact name={t("column.unsupported")}>{delivery.unsupported ?? "–"}</Fact>
      </dl>
      {delivery.error ? (
        <Notice tone="bad" title={t("detail.failed")}>
          <p className={classes.raw}>{delivery.error}</p>
        </Notice>
      ) : null}
      {delivery.unsupported ? (
        <Notice tone="warn" title={t("detail.unsupported", { count: delivery.unsupported })}>
          <p>{t("detail.unsupportedText")}</p>
        </Notice>
      ) : null}
      {may("deliveries:write") ? (
        <div className={classes.replay}>
          <Button
            variant="default"
            leftSection={<IconRotateClockwise size={16} stroke={1.7} />}
            loading={replay.isPending || (replay.isSuccess && delivery.state === "pending")}
            onClick={() => replay.mutate(id)}
            data-testid="delivery-replay"
          >
            {t("replay.action")}
          </Button>
          <p role="status">{t(replayed ? `replay.${delivery.state}` : "replay.text")}</p>
        </div>
      ) : (
        <p className={classes.aside}>{t("replay.notAllowed")}</p>
      )}
      <ProblemNotice error={replay.error} />
      <DeliveryEvents events={delivery.read} pending={delivery.state === "pending"} />
      <DeliveryBody body={delivery.body} encoding={delivery.bodyEncoding} />
      <DeliveryHeaders headers={delivery.headers} />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How long it took; after a replay, when it was. */
function Processed({ received, at }: { received: string; at: string }) {
  const { t, i18n } = useTranslation("deliveries");
  const took = Math.max(0, Date.parse(at) - Date.parse(received));
  return (
    <time dateTime={at} title={fullTime(at, i18n.language)}>
      {took < 10_000 ? t("detail.after", { ms: took.toLocaleString(i18n.language) }) : preciseTime(at, i18n.language)}
    </time>
  );
}
