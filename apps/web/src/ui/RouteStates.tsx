import { Button, Loader } from "@mantine/core";
import { IconMapQuestion } from "@tabler/icons-react";
import { Link, useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { EmptyState } from "./EmptyState.tsx";
import { ErrorState } from "./ErrorState.tsx";
import classes from "./ui.module.css";

export function RoutePending() {
  const { t } = useTranslation();
  return (
    <div className={classes.centre} role="status" aria-label={t("loading")}>
      <Loader size="sm" type="dots" />
    </div>
  );
}

export function RouteProblem({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  return (
    <div className={classes.centre}>
      <ErrorState
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </div>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <div className={classes.centre}>
      <EmptyState
        icon={<IconMapQuestion size={28} stroke={1.5} />}
        title={t("notFound.title")}
        text={t("notFound.text")}
      >
        <Button component={Link} to="/inbox" variant="default">
          {t("notFound.back")}
        </Button>
      </EmptyState>
    </div>
  );
}
