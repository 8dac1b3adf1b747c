import { useEffect, useState } from "react";

const AGAIN_AFTER = 4_000;

/**
 * A part of the program that is fetched once it is wanted; null until it is there. Unlike `lazy` it takes no screen down when
 * the server cannot be reached just then: it tries again. `load` must be the same function on every call.
 */
export function useLater<T extends object>(load: () => Promise<T>, wanted: boolean): T | null {
  const [part, setPart] = useState<T | null>(null);
  useEffect(() => {
    if (!wanted || part) return;
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const attempt = () =>
      void load().then(
        (loaded) => !ended && setPart(loaded),
        () => {
          if (!ended) timer = setTimeout(attempt, AGAIN_AFTER);
        },
      );
    attempt();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [load, wanted, part]);
  return part;
}
