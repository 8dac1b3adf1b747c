import { Skeleton } from "@mantine/core";

/** Where a card is about to stand. */
export const CardSkeleton = () => <Skeleton width={240} height={54} radius="lg" />;
