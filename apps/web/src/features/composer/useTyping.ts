import { useCallback, useEffect, useRef } from "react";
import { api } from "../../lib/api.ts";

/** Meta shows the bubble for up to 20 seconds, so it is renewed well before and not with every key. */
const RENEW = 8_000;

/** Tells the customer that somebody is writing. Best effort: a failure is nobody's concern. */
export function useTyping(conversationId: string): { writing: () => void; stopped: () => void } {
  const told = useRef(0);
  const tell = useCallback(
    (on: boolean) => void api.post(null, `/conversations/${conversationId}/typing`, { on }).catch(() => undefined),
    [conversationId],
  );
  const writing = useCallback(() => {
    if (Date.now() - told.current < RENEW) return;
    told.current = Date.now();
    tell(true);
  }, [tell]);
  const stopped = useCallback(() => {
    if (told.current === 0) return;
    told.current = 0;
    tell(false);
  }, [tell]);
  useEffect(() => {
    told.current = 0;
    return () => {
      if (told.current !== 0 && Date.now() - told.current < RENEW) tell(false);
    };
  }, [tell]);
  return { writing, stopped };
}
