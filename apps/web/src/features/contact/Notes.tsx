import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../lib/api.ts";
import { useNow } from "../../lib/clock.ts";
import { keys } from "../../lib/queryKeys.ts";
import { relative } from "../../lib/time.ts";
import classes from "./contact.module.css";

/** Notes of this conversation; they are written in the composer. */
export function Notes({ conversationId }: { conversationId: string }) {
  const { t, i18n } = useTranslation("contact");
  const now = useNow(60_000);
  const { data } = useInfiniteQuery({
    queryKey: keys.activity(conversationId),
    queryFn: ({ pageParam, signal }) =>
      api.get("ActivityList", `/conversations/${conversationId}/activity`, {
        query: { cursor: pageParam, limit: 100 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const notes = data?.pages.flatMap((page) => page.data).filter((line) => line.kind === "note") ?? [];
  return (
    <section className={classes.notes}>
      <h3>{t("notes")}</h3>
      {notes.length === 0 ? <p className={classes.sub}>{t("noNotes")}</p> : null}
      {notes.map((note) => (
        <p key={note.id}>
          {note.text}{" "}
          <small>
            {note.memberName}, {relative(note.at, now, i18n.language)}
          </small>
        </p>
      ))}
    </section>
  );
}
