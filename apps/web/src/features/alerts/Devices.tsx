import type { MyAlerts } from "@firstline/contracts";
import { Button, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { thisDevice } from "../../lib/push.ts";
import { Ago } from "../../ui/Ago.tsx";
import { Choice } from "../../ui/Choice.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import { Tag } from "../../ui/Tag.tsx";
import { AttemptLine } from "./AttemptLine.tsx";
import classes from "./alerts.module.css";
import { pushQuery, useRemoveDevice, useSwitchPush } from "./queries.ts";

/** Browsers that are told by web push: this one on or off, others removed. */
export function Devices({ alerts }: { alerts: MyAlerts }) {
  const { t } = useTranslation("alerts");
  const { data: here } = useQuery(pushQuery(alerts));
  const turn = useSwitchPush(alerts.pushKey);
  const remove = useRemoveDevice();
  const able = here === "on" || here === "off";
  const hint = turn.isError ? "failed" : turn.data === false ? "refused" : (here ?? "off");
  return (
    <Section title={t("devices.title")} text={t("devices.text")} testId="alert-devices">
      <Choice label={t("devices.here")} hint={t(`devices.state.${hint}`)}>
        <Switch
          aria-label={t("devices.here")}
          checked={here === "on"}
          disabled={!able || turn.isPending}
          onChange={(event) => turn.mutate(event.currentTarget.checked)}
          data-testid="push-here"
        />
      </Choice>
      {alerts.devices.length > 0 ? (
        <ul className={classes.list}>
          {alerts.devices.map((device) => (
            <li key={device.id} className={classes.row} data-testid="alert-device">
              <div className={classes.words}>
                <h3>
                  {device.name}
                  {device.id === thisDevice() ? <Tag>{t("devices.this")}</Tag> : null}
                </h3>
                <p className={classes.meta}>
                  <span>
                    {t("devices.since")} <Ago at={device.createdAt} />
                  </span>
                </p>
                {device.last?.error ? <AttemptLine attempt={device.last} /> : null}
              </div>
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                loading={remove.isPending && remove.variables === device.id}
                onClick={() => remove.mutate(device.id)}
                aria-label={t("devices.removeNamed", { name: device.name })}
                data-testid="remove-device"
              >
                {t("devices.remove")}
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <ProblemNotice error={remove.error} />
    </Section>
  );
}
