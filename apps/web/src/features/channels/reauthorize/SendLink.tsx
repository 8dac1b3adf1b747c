import type { Channel } from "@firstline/contracts";
import { Button, Modal, NativeSelect } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dateTime } from "../../../lib/time.ts";
import { CopyField } from "../../../ui/CopyField.tsx";
import { ProblemNotice } from "../../../ui/ProblemNotice.tsx";
import page from "../../../ui/page.module.css";
import { useReturnFocus } from "../../../ui/useReturnFocus.ts";
import { Links } from "./Links.tsx";
import { useMakeLink } from "./queries.ts";

const LIVES = [1, 24, 72];

/** Makes a link for an administrator of the Page who is no member, shown this once, above those made before. */
export function SendLink({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const { t, i18n } = useTranslation("reauthorize");
  const [hours, setHours] = useState(24);
  const make = useMakeLink(channel.id);
  useReturnFocus();
  const made = make.data;
  const { name } = channel;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("send.title")}
      closeOnClickOutside={!made}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <div className={page.dialog} data-testid="send-link">
        {made ? (
          <>
            <p className={page.dialogText}>
              {t("send.madeText", { name, time: dateTime(made.expiresAt, i18n.language) })} {t("send.once")}
            </p>
            <CopyField value={made.url} label={t("send.copy")} testId="reauthorize-url" />
            <div className={page.dialogButtons}>
              <Button variant="default" onClick={() => make.reset()}>
                {t("send.another")}
              </Button>
              <Button onClick={onClose} data-testid="send-link-done">
                {t("send.done")}
              </Button>
            </div>
          </>
        ) : (
          <form
            className={page.dialog}
            onSubmit={(event) => {
              event.preventDefault();
              make.mutate(hours);
            }}
          >
            <p className={page.dialogText}>{t("send.text", { name })}</p>
            <NativeSelect
              label={t("send.lasts")}
              value={hours}
              onChange={(event) => setHours(Number(event.currentTarget.value))}
              data={LIVES.map((each) => ({ value: String(each), label: t("send.hours", { count: each }) }))}
              data-autofocus
              data-testid="send-link-hours"
            />
            <ProblemNotice error={make.error} title={t("send.failed")} />
            <div className={page.dialogButtons}>
              <Button variant="default" onClick={onClose}>
                {t("common:cancel")}
              </Button>
              <Button type="submit" loading={make.isPending} data-testid="send-link-make">
                {t("send.make")}
              </Button>
            </div>
          </form>
        )}
        <Links channelId={channel.id} />
      </div>
    </Modal>
  );
}
