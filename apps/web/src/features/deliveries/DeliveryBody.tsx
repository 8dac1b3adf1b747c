import { Button, SegmentedControl } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import classes from "./deliveries.module.css";
import { prettyJson } from "./prettyJson.ts";

/** The body as Meta sent it: set out for reading, or exactly as it came. Copying always gives the exact one. */
export function DeliveryBody({ body, encoding }: { body: string; encoding: "utf8" | "base64" }) {
  const { t } = useTranslation("deliveries");
  const tokens = useMemo(() => (encoding === "utf8" ? prettyJson(body) : null), [body, encoding]);
  const [view, setView] = useState<"pretty" | "exact">("pretty");
  const clipboard = useClipboard({ timeout: 1800 });
  return (
    <section className={classes.body} aria-labelledby="delivery-body">
      <div className={classes.bodyHead}>
        <h3 id="delivery-body">{t("body.title")}</h3>
        {tokens ? (
          <SegmentedControl
            size="xs"
            aria-label={t("body.view")}
            value={view}
            onChange={(value) => setView(value as typeof view)}
            data={(["pretty", "exact"] as const).map((value) => ({ value, label: t(`body.${value}`) }))}
          />
        ) : null}
        <Button
          size="xs"
          variant="default"
          leftSection={clipboard.copied ? <IconCheck size={15} /> : <IconCopy size={15} stroke={1.7} />}
          onClick={() => clipboard.copy(body)}
          data-testid="delivery-copy"
        >
          {t(clipboard.copied ? "common:copied" : "common:copy")}
        </Button>
      </div>
      {tokens ? null : <p className={classes.aside}>{t(encoding === "base64" ? "body.base64" : "body.notJson")}</p>}
      <pre className={classes.code} data-exact={view === "exact" || !tokens || undefined} data-testid="delivery-body">
        {tokens && view === "pretty"
          ? tokens.map((token, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one body never move
              <span key={index} data-kind={token.kind}>
                {token.text}
              </span>
            ))
          : body}
      </pre>
    </section>
  );
}
