import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./thread.module.css";

const bubbles = [
  { side: "start", width: 210 },
  { side: "start", width: 300 },
  { side: "end", width: 260 },
  { side: "start", width: 180 },
  { side: "end", width: 320 },
] as const;

export function ThreadSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.skeleton} role="status" aria-label={t("loading")}>
      {bubbles.map(({ side, width }) => (
        <Skeleton key={width} height={36} width={width} maw="70%" radius={14} style={{ alignSelf: `flex-${side}` }} />
      ))}
    </div>
  );
}
