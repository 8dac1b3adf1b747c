import type { DeletionRequest } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Ago } from "../../ui/Ago.tsx";
import { Tag } from "../../ui/Tag.tsx";
import classes from "./privacy.module.css";

/** One request: who as far as Meta says, what was matched, what became of it. */
export function RequestRow({ request, onEnd }: { request: DeletionRequest; onEnd: () => void }) {
  const { t } = useTranslation("privacy");
  const { state, matched, doneAt, doneBy, note } = request;
  return (
    <li className={classes.row} data-testid="deletion-request" data-state={state} data-code={request.code}>
      <div className={classes.words}>
        <h3>
          {t("requests.id", { id: request.externalUserId })}
          <Tag tone={state === "open" ? "warn" : "good"}>{t(`requests.state.${state}`)}</Tag>
        </h3>
        <p className={classes.meta}>
          <span>
            {t("requests.received")} <Ago at={request.receivedAt} />
          </span>
          <span>{t("requests.code", { code: request.code })}</span>
        </p>
        <p>
          {matched.length > 0
            ? t("requests.matched", { names: matched.map((each) => each.name).join(", ") })
            : t("requests.unmatched")}
        </p>
        {note ? <p>{t("requests.note", { note })}</p> : null}
        {doneAt ? (
          <p className={classes.meta}>
            <span>
              {doneBy ? t("requests.endedBy", { name: doneBy }) : t("requests.ended")} <Ago at={doneAt} />
            </span>
          </p>
        ) : null}
      </div>
      {state === "open" ? (
        <Button variant="default" size="xs" onClick={onEnd} data-testid="end-request">
          {t("requests.end")}
        </Button>
      ) : null}
    </li>
  );
}
