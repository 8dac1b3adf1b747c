import { useSyncExternalStore } from "react";

/**
 * The present time by the server's clock. Reply windows end by Meta's clock, which the server follows; a computer that
 * runs minutes late would otherwise promise time that is gone.
 */
let offset = 0;

/** Learns the difference from the `Date` header of an answer. Below five seconds it is the header's own coarseness. */
export function learnServerTime(header: string | null): void {
  if (!header) return;
  const difference = Date.parse(header) - Date.now();
  if (Number.isFinite(difference)) offset = Math.abs(difference) > 5_000 ? difference : 0;
}

export const now = (): number => Date.now() + offset;

interface Ticker {
  value: number;
  listeners: Set<() => void>;
  timer: ReturnType<typeof setInterval> | null;
}
const tickers = new Map<number, Ticker>();

function tickerOf(every: number): Ticker {
  let ticker = tickers.get(every);
  if (!ticker) {
    ticker = { value: now(), listeners: new Set(), timer: null };
    tickers.set(every, ticker);
  }
  return ticker;
}

function subscribe(every: number, listener: () => void): () => void {
  const ticker = tickerOf(every);
  ticker.listeners.add(listener);
  ticker.timer ??= setInterval(() => {
    ticker.value = now();
    for (const each of ticker.listeners) each();
  }, every);
  return () => {
    ticker.listeners.delete(listener);
    if (ticker.listeners.size === 0 && ticker.timer) {
      clearInterval(ticker.timer);
      ticker.timer = null;
    }
  };
}

/** The time in ms, renewed every `every` ms. One timer serves all components of the same pace. */
export function useNow(every: number): number {
  return useSyncExternalStore(
    (listener) => subscribe(every, listener),
    () => {
      const ticker = tickerOf(every);
      // A ticker that slept carries an old time; take a fresh one, once, so that the snapshot stays stable.
      if (!ticker.timer && Math.abs(now() - ticker.value) > every) ticker.value = now();
      return ticker.value;
    },
  );
}
