import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./page.module.css";

interface Props {
  query: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage(): unknown };
  label: string;
  /** Said instead when there is no more. */
  end?: ReactNode;
  testId?: string;
}

/** The last row of a list that is fetched page by page. */
export function MoreRow({ query, label, end, testId }: Props) {
  if (!query.hasNextPage && !end) return null;
  return (
    <div className={classes.more}>
      {query.hasNextPage ? (
        <Button
          variant="default"
          size="xs"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
          data-testid={testId}
        >
          {label}
        </Button>
      ) : (
        end
      )}
    </div>
  );
}
