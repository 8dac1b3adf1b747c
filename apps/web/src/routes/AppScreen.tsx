import { useEffect, useState } from "react";
import { Attention } from "../features/attention/Attention.tsx";
import { AccessBanner } from "../features/connection/AccessBanner.tsx";
import { ConnectionBanner } from "../features/connection/ConnectionBanner.tsx";
import { Shell } from "../features/shell/Shell.tsx";
import { useIdle } from "../lib/idle.ts";
import { isBusy } from "../lib/keyboard.ts";
import { useLater } from "../lib/later.ts";

const loadParts = async () => {
  const [{ Shortcuts }, { Toasts }] = await Promise.all([
    import("../features/shortcuts/Shortcuts.tsx"),
    import("../features/shell/Toasts.tsx"),
  ]);
  return { Shortcuts, Toasts };
};

export function AppScreen() {
  return (
    <Shell
      banner={
        <>
          <ConnectionBanner />
          <AccessBanner />
        </>
      }
      extras={
        <>
          <Attention />
          <Later />
        </>
      }
    />
  );
}

/** Parts that the first screen does not need. A key that asks for one loads it at once, and is heeded also while they load. */
function Later() {
  const idle = useIdle();
  const [asked, setAsked] = useState<"palette" | "keys" | null>(null);
  const parts = useLater(loadParts, idle || asked !== null);
  const there = parts !== null;
  useEffect(() => {
    if (there) return;
    const onKey = (event: KeyboardEvent) => {
      const palette = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k";
      if (!palette && (event.key !== "?" || isBusy(event.target))) return;
      event.preventDefault();
      setAsked(palette ? "palette" : "keys");
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [there]);
  if (!parts) return null;
  return (
    <>
      <parts.Shortcuts asked={asked} />
      <parts.Toasts />
    </>
  );
}
