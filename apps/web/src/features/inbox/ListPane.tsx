import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { useKeys } from "../../lib/keyboard.ts";
import { ConversationList, useConversationRows } from "./ConversationList.tsx";
import classes from "./inbox.module.css";
import { ListHeader } from "./ListHeader.tsx";

/** The list of conversations. `J` and `K` step through it, `/` searches. */
export function ListPane() {
  const { t } = useTranslation("inbox");
  const search = useSearch({ from: "/app/inbox" });
  const navigate = useNavigate();
  const selected = useParams({ strict: false, select: (params) => params.conversationId });
  const searchRef = useRef<HTMLInputElement>(null);
  const { rows } = useConversationRows(search);

  const step = (by: 1 | -1) => {
    const at = rows.findIndex((row) => row.id === selected);
    const next = rows[at === -1 ? (by === 1 ? 0 : rows.length - 1) : at + by];
    if (!next) return;
    void navigate({
      to: "/inbox/$conversationId",
      params: { conversationId: next.id },
      search: ({ pane: _, ...rest }) => rest,
      replace: true,
    });
    document.querySelector(`[data-conversation-id="${next.id}"]`)?.scrollIntoView({ block: "nearest" });
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    "/": () => {
      searchRef.current?.focus();
      searchRef.current?.select();
    },
  });
  return (
    <section className={classes.pane} aria-label={t("title")}>
      <h1 className="sr-only">{t("title")}</h1>
      <ListHeader search={search} searchRef={searchRef} />
      <ConversationList search={search} />
    </section>
  );
}
