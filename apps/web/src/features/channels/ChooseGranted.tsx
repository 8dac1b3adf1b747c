import { Button } from "@mantine/core";
import { IconClockX, IconFlagOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../lib/api.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { ErrorState } from "../../ui/ErrorState.tsx";
import { useFaultWords } from "../../ui/faultWords.ts";
import { Page } from "../../ui/Page.tsx";
import { ProblemNotice } from "../../ui/ProblemNotice.tsx";
import { Section } from "../../ui/Section.tsx";
import { RowSkeletons } from "../../ui/Skeletons.tsx";
import { DeclinedNotice } from "./DeclinedNotice.tsx";
import { GrantChoice } from "./GrantChoice.tsx";
import { grantQuery, useAuthorize, useChangeGrant } from "./queries.ts";

/** Second half of connecting: which of the Pages and accounts that came with the login. */
export function ChooseGranted({ grantId }: { grantId: string }) {
  const { t } = useTranslation("connecting");
  const navigate = useNavigate();
  const query = useQuery(grantQuery(grantId));
  const words = useFaultWords();
  const authorize = useAuthorize();
  const change = useChangeGrant();
  const back = { to: "/settings/channels" as const, label: t("channels:title") };

  if (query.isPending) {
    return (
      <Page title={t("choose.title")} text={t("choose.reading")} back={back}>
        <Section flush>
          <RowSkeletons count={4} />
        </Section>
      </Page>
    );
  }
  if (query.isError) {
    const gone = query.error instanceof ApiProblem && [404, 409, 422].includes(query.error.status);
    return (
      <Page title={t("choose.title")} back={back}>
        <Section>
          {gone ? (
            <EmptyState
              icon={<IconClockX size={26} stroke={1.5} />}
              title={t("choose.expired.title")}
              text={t("choose.expired.text")}
              testId="grant-expired"
            >
              <Button loading={authorize.isPending} onClick={() => authorize.mutate(undefined)}>
                {t("choose.again")}
              </Button>
            </EmptyState>
          ) : (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          )}
          <ProblemNotice error={authorize.error} title={t("channels:connect.failed")} />
        </Section>
      </Page>
    );
  }
  const { nothing, declined } = query.data;
  if (nothing) {
    const told = words(nothing.code, nothing);
    return (
      <Page title={t("choose.title")} back={back}>
        <DeclinedNotice declined={declined} />
        <Section>
          <EmptyState
            icon={<IconFlagOff size={26} stroke={1.5} />}
            title={told.title}
            text={`${told.explain} ${told.fix}`}
            testId="grant-none"
          >
            <Button loading={change.isPending} onClick={() => change.mutate()} data-testid="connect-facebook">
              {t("choose.again")}
            </Button>
          </EmptyState>
          <ProblemNotice error={change.error} title={t("channels:connect.failed")} />
        </Section>
      </Page>
    );
  }
  return (
    <GrantChoice
      grant={query.data}
      back={back}
      change={change}
      onDone={() => void navigate({ to: "/settings/channels", search: {}, replace: true })}
    />
  );
}
