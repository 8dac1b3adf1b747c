import type { UploadVerdict } from "@firstline/contracts";
import { useCallback, useEffect, useRef, useState } from "react";
import { API, ApiProblem, problemOf, unreachable } from "../../lib/api.ts";
import { checked } from "../../lib/contracts.ts";
import { type DraftFile, readDraftFiles, writeDraftFiles } from "./drafts.ts";

export interface Upload {
  key: string;
  name: string;
  size: number;
  /** Address of a picture on this computer, for the preview. */
  preview: string | null;
  /** 0–1 of the bytes sent. */
  progress: number;
  state: "sending" | "checking" | "ready" | "refused";
  verdict: UploadVerdict | null;
  /** Since when the server has it, ms. */
  readyAt: number | null;
  error: ApiProblem | null;
}

/** What the server reads at most (bytes). A larger file is refused here: nobody waits minutes for a sure no. */
const LARGEST = 64_000_000;

const tooLarge = () =>
  new ApiProblem({
    ...{ type: "about:blank", status: 422, code: "attachment_too_large", cause: "attachment_too_large" },
    ...{ title: "", detail: "", fix: "", owner: "agent" },
  });

/** Sends one file with progress; fetch cannot tell how much has left. */
function post(
  file: File,
  conversationId: string,
  onProgress: (part: number) => void,
  signal: AbortSignal,
): Promise<UploadVerdict> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${API}/attachments`);
    request.responseType = "json";
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.upload.onload = () => onProgress(1);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300)
        checked("UploadVerdict", request.response).then(resolve, reject);
      else reject(problemOf(request.status, request.response));
    };
    request.onerror = () => reject(unreachable("upload"));
    signal.addEventListener("abort", () => {
      request.abort();
      reject(new DOMException("cancelled", "AbortError"));
    });
    const form = new FormData();
    form.append("conversationId", conversationId);
    form.append("file", file, file.name);
    request.send(form);
  });
}

/** One that was ready before the page was left. */
const kept = ({ at, verdict }: DraftFile): Upload => ({
  ...{ key: verdict.id, name: verdict.name, size: verdict.size, progress: 1 },
  ...{ state: "ready", verdict, readyAt: at, error: null },
  preview: verdict.kind === "image" ? verdict.url : null,
});

/** Files attached to the reply being written. They leave at once, so that the verdict is there before *Send* is pressed. */
export function useUploads(conversationId: string) {
  const [uploads, setUploads] = useState(() => readDraftFiles(conversationId, Date.now()).map(kept));
  const running = useRef(new Map<string, { abort: AbortController; file: File; preview: string | null }>());

  useEffect(() => {
    const ready = uploads.flatMap(({ verdict, readyAt: at }) => (verdict && at !== null ? [{ at, verdict }] : []));
    writeDraftFiles(conversationId, ready);
  }, [conversationId, uploads]);

  const change = useCallback((key: string, next: Partial<Upload>) => {
    setUploads((before) => before.map((each) => (each.key === key ? { ...each, ...next } : each)));
  }, []);

  const start = useCallback(
    (key: string) => {
      const entry = running.current.get(key);
      if (!entry) return;
      if (entry.file.size > LARGEST) return change(key, { state: "refused", error: tooLarge() });
      post(
        entry.file,
        conversationId,
        (progress) => change(key, { progress, state: progress < 1 ? "sending" : "checking" }),
        entry.abort.signal,
      ).then(
        (verdict) => change(key, { state: "ready", verdict, readyAt: Date.now(), progress: 1 }),
        (error: unknown) => {
          if (error instanceof DOMException) return;
          change(key, { state: "refused", error: error instanceof ApiProblem ? error : unreachable(error) });
        },
      );
    },
    [conversationId, change],
  );

  const begin = useCallback((key: string, file: File): Upload => {
    const preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
    running.current.set(key, { abort: new AbortController(), file, preview });
    const { name, size } = file;
    return { key, name, size, preview, progress: 0, state: "sending", verdict: null, readyAt: null, error: null };
  }, []);

  const add = useCallback(
    (files: Iterable<File>) => {
      const fresh = [...files].map((file) => begin(crypto.randomUUID(), file));
      setUploads((before) => [...before, ...fresh]);
      for (const { key } of fresh) start(key);
    },
    [begin, start],
  );

  /** Another file in the place of one that was refused. */
  const replace = useCallback(
    (key: string, file: File) => {
      const old = running.current.get(key);
      old?.abort.abort();
      if (old?.preview) URL.revokeObjectURL(old.preview);
      const fresh = begin(key, file);
      setUploads((before) => before.map((each) => (each.key === key ? fresh : each)));
      start(key);
    },
    [begin, start],
  );

  const remove = useCallback((key: string) => {
    const entry = running.current.get(key);
    entry?.abort.abort();
    if (entry?.preview) URL.revokeObjectURL(entry.preview);
    running.current.delete(key);
    setUploads((before) => before.filter((each) => each.key !== key));
  }, []);

  const retry = useCallback(
    (key: string) => {
      const entry = running.current.get(key);
      if (!entry) return;
      running.current.set(key, { ...entry, abort: new AbortController() });
      change(key, { state: "sending", error: null, progress: 0 });
      start(key);
    },
    [change, start],
  );

  const clear = useCallback(() => {
    for (const { preview } of running.current.values()) if (preview) URL.revokeObjectURL(preview);
    running.current.clear();
    setUploads([]);
  }, []);

  useEffect(() => {
    const open = running.current;
    return () => {
      for (const { abort, preview } of open.values()) {
        abort.abort();
        if (preview) URL.revokeObjectURL(preview);
      }
      open.clear();
    };
  }, []);

  return { uploads, add, replace, remove, retry, clear };
}
