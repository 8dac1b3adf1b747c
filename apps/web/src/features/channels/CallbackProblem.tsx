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

/** Nothing went wrong with these: somebody thought better of it, or may not. */
const HARMLESS = new Set(["connection_cancelled", "connection_used", "not_allowed", "not_signed_in"]);

/** Why the person came back from Meta's dialog without a result. */
export function CallbackProblem({ code, detail, retrying, onRetry, onClose }: Props) {
  const { t, i18n } = useTranslation("connecting");
  const words = useFaultWords();
  // The catalogue speaks of a request that was refused; here it is a person who came back.
  const own = i18n.exists(`connecting:callback.${code}.title`);
  const told = own
    ? { title: t(`callback.${code}.title`), explain: t(`callback.${code}.text`), fix: "" }
    : words(code, { title: t("callback.other"), explain: "", fix: "" });
  return (
    <Notice
      tone={HARMLESS.has(code) ? "warn" : "bad"}
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
      {detail && !own ? <p>{t("callback.said", { detail })}</p> : null}
    </Notice>
  );
}
