import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import classes from "./ui.module.css";

/** Rows with a round picture and two lines: conversations, members, channels. */
export function RowSkeletons({ count = 8 }: { count?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("loading")}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={index} className={classes.rowSkeleton} style={{ opacity: 1 - index / (count + 2) }}>
          <Skeleton circle height={40} />
          <div>
            <Skeleton height={10} width={`${38 + ((index * 17) % 30)}%`} radius="xl" />
            <Skeleton height={9} mt={9} width={`${60 + ((index * 23) % 34)}%`} radius="xl" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** Lines of a form or a card. */
export function LineSkeletons({ count = 4 }: { count?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("loading")} className={classes.lineSkeletons}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <Skeleton key={index} height={11} width={`${92 - ((index * 29) % 46)}%`} radius="xl" />
      ))}
    </div>
  );
}
