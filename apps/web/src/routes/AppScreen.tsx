import { lazy, Suspense } from "react";
import { Attention } from "../features/attention/Attention.tsx";
import { ConnectionBanner } from "../features/connection/ConnectionBanner.tsx";
import { Shell } from "../features/shell/Shell.tsx";

const Shortcuts = lazy(async () => ({ default: (await import("../features/shortcuts/Shortcuts.tsx")).Shortcuts }));

export function AppScreen() {
  return (
    <Shell
      banner={<ConnectionBanner />}
      extras={
        <>
          <Attention />
          <Suspense>
            <Shortcuts />
          </Suspense>
        </>
      }
    />
  );
}
