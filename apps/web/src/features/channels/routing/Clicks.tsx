import type { ChannelRouting } from "@firstline/contracts";
import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import classes from "./routing.module.css";

/** Where at Meta something is changed, click by click, with the words older guides use for it. */
export function Clicks({ clicks }: { clicks: ChannelRouting["clicks"] }) {
  const { t } = useTranslation("channels");
  if (clicks.length === 0) return null;
  return (
    <div id="routing-clicks" className={classes.anchor}>
      <h3 className={classes.heading}>{t("routing.clicks")}</h3>
      <ul className={classes.clicks}>
        {clicks.map((click) => (
          <li key={click.title} data-testid="routing-click">
            <div className={classes.clickWords}>
              <b>{click.title}</b>
              <Steps text={click.steps} />
              {click.formerly ? (
                <p className={classes.soft}>{t("routing.formerly", { words: click.formerly })}</p>
              ) : null}
            </div>
            {click.url ? (
              <Button
                component="a"
                href={click.url}
                target="_blank"
                rel="noreferrer"
                size="xs"
                variant="default"
                rightSection={<IconExternalLink size={14} stroke={1.7} aria-hidden />}
              >
                {t("routing.open")}
                <span className="sr-only">: {click.title}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** “A > B > C” as the steps they are; a sentence stays a sentence. */
function Steps({ text }: { text: string }) {
  const parts = text.split(/\s*[>›→]\s*/).filter(Boolean);
  if (parts.length < 2) return <p className={classes.steps}>{text}</p>;
  return (
    <ol className={classes.path}>
      {parts.map((part) => (
        <li key={part}>{part}</li>
      ))}
    </ol>
  );
}
