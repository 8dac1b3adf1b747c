import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFaultWords } from "../../ui/faultWords.ts";
import { Notice } from "../../ui/Notice.tsx";

interface Props {
  code: string;
  detail?: string;
  retrying: boolean;
  onRetry?: () => void;
  onClose: () => void;
}

/** Why the person came back from Meta's dialog without a result. */
export function CallbackProblem({ code, detail, retrying, onRetry, onClose }: Props) {
  const { t, i18n } = useTranslation("channels");
  const words = useFaultWords();
  const own = i18n.exists(`channels:callback.${code}.title`);
  const told = own
    ? { title: t(`callback.${code}.title`), explain: t(`callback.${code}.text`), fix: "" }
    : words(code, { title: t("callback.other"), explain: "", fix: "" });
  // Meta's own sentence, where there is one that our words do not already say.
  const raw = own || !detail || detail === told.explain ? null : detail;
  return (
    <Notice
      tone={code === "not_allowed" ? "warn" : "bad"}
      title={told.title}
      live
      testId="connect-problem"
      actions={
        <>
          {onRetry ? (
            <Button size="xs" loading={retrying} onClick={onRetry} data-testid="connect-retry">
              {t("common:tryAgain")}
            </Button>
          ) : null}
          <Button size="xs" variant="default" onClick={onClose}>
            {t("common:close")}
          </Button>
        </>
      }
    >
      {told.explain ? <p>{told.explain}</p> : null}
      {told.fix ? <p>{told.fix}</p> : null}
      {raw ? <p>{t("callback.said", { detail: raw })}</p> : null}
    </Notice>
  );
}
