import { useEffect, useState } from "react";

/** True once the page has had a quiet moment: for parts nobody waits for. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(false);
  useEffect(() => {
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(() => setIdle(true), 2_000);
      return () => clearTimeout(timer);
    }
    // First let the first screen and its data come, then wait for the quiet.
    let handle = 0;
    const timer = setTimeout(() => {
      handle = requestIdleCallback(() => setIdle(true), { timeout: 3_000 });
    }, 2_000);
    return () => {
      clearTimeout(timer);
      if (handle) cancelIdleCallback(handle);
    };
  }, []);
  return idle;
}
