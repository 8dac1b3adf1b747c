import type { Fault } from "@firstline/core/faults";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

interface Told {
  title: string;
  explain: string;
  fix: string;
}

type Catalogue = typeof import("@firstline/core/faults");

/** Both languages of the catalogue are too much to wait for before the first conversation; they follow it. */
const SOON = 700;
let catalogue: Catalogue | null = null;
let asked = false;
const listeners = new Set<() => void>();

function load(): void {
  if (asked) return;
  asked = true;
  import("@firstline/core/faults").then(
    (loaded) => {
      catalogue = loaded;
      for (const listener of listeners) listener();
    },
    () => {
      asked = false;
    },
  );
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

/**
 * Words of the catalogue in the reader's language. Until it is there, and for a code this version does not know, what
 * the server said.
 */
export function useFaultWords(): (code: string, told?: Told) => Told {
  const { i18n } = useTranslation();
  const loaded = useSyncExternalStore(subscribe, () => catalogue);
  useEffect(() => {
    const timer = setTimeout(load, SOON);
    return () => clearTimeout(timer);
  }, []);
  return (code, told) => {
    if (loaded?.isFaultCode(code)) return loaded.faultText(code, i18n.language === "zh-TW" ? "zh-TW" : "en");
    return told ?? { title: "", explain: "", fix: "" };
  };
}

/** The catalogue's entries by code; null until it is there, and for a code this version does not know. */
export function useFaults(): (code: string) => Fault | null {
  const loaded = useSyncExternalStore(subscribe, () => catalogue);
  useEffect(load, []);
  return (code) => (loaded?.isFaultCode(code) ? loaded.faultOf(code) : null);
}
