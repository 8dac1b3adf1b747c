import type { Platform } from "@firstline/contracts";
import { Button, Modal, PasswordInput, SegmentedControl, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, api } from "../../lib/api.ts";
import { putChannel } from "../../lib/live.ts";
import { keys } from "../../lib/queryKeys.ts";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import page from "../../ui/page.module.css";
import { useReturnFocus } from "../../ui/useReturnFocus.ts";
import { TokenHelp } from "./TokenHelp.tsx";

/** Connects with a token made at Meta, such as a system user's, which no password change ends. */
export function ConnectByToken({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("connecting");
  const client = useQueryClient();
  const navigate = useNavigate();
  useReturnFocus();
  const [platform, setPlatform] = useState<Platform>("messenger");
  const [externalId, setExternalId] = useState("");
  const [accessToken, setAccessToken] = useState("");
  const id = externalId.trim();
  const idWrong = id !== "" && !/^\d{1,32}$/.test(id);
  const connect = useMutation({
    mutationFn: () => api.post("Channel", "/channels", { platform, externalId: id, accessToken: accessToken.trim() }),
    onSuccess: (channel) => {
      putChannel(client, channel);
      void client.invalidateQueries({ queryKey: keys.channels });
      notifications.show({ message: t("token.done", { name: channel.name }) });
      void navigate({ to: "/settings/channels/$channelId", params: { channelId: channel.id } });
    },
  });
  // The catalogue speaks of the access we hold; here it is a token that was just typed in.
  const dead =
    connect.error instanceof ApiProblem &&
    connect.error.code.startsWith("token_") &&
    connect.error.code !== "token_missing_permission";
  const refused = dead ? { title: t("token.refused"), fix: t("token.refusedFix") } : {};
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("token.title")}
      size="lg"
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <form
        className={page.dialog}
        data-testid="connect-token-dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (!idWrong) connect.mutate();
        }}
      >
        <p className={page.dialogText}>{t("token.text")}</p>
        <SegmentedControl
          aria-label={t("token.platform")}
          value={platform}
          onChange={(value) => setPlatform(value as Platform)}
          data={(["messenger", "instagram"] as const).map((value) => ({ value, label: t(`token.kind.${value}`) }))}
          data-testid="connect-token-platform"
        />
        <TextInput
          label={t(`token.id.${platform}`)}
          description={t(`token.idHint.${platform}`)}
          inputMode="numeric"
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
          maxLength={40}
          value={externalId}
          onChange={(event) => setExternalId(event.currentTarget.value)}
          error={idWrong ? t("token.idWrong") : null}
          data-testid="connect-token-id"
        />
        <PasswordInput
          label={t("token.value")}
          description={t("token.valueHint")}
          autoComplete="off"
          spellCheck={false}
          required
          withAsterisk={false}
          minLength={10}
          maxLength={4000}
          value={accessToken}
          onChange={(event) => setAccessToken(event.currentTarget.value)}
          visibilityToggleButtonProps={{ "aria-label": t("token.show") }}
          data-testid="connect-token-value"
        />
        <TokenHelp platform={platform} />
        <ProblemNotice error={connect.error} {...refused} />
        <div className={page.dialogButtons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={connect.isPending} data-testid="connect-token-submit">
            {t("token.submit")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
