import type { Channel, LibraryTemplate } from "@firstline/contracts";
import { Button, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ProblemNotice } from "../../../ui/ProblemNotice.tsx";
import page from "../../../ui/page.module.css";
import { useReturnFocus } from "../../../ui/useReturnFocus.ts";
import { languageName } from "../languages.ts";
import { Preview } from "../Preview.tsx";
import { useCloneTemplate } from "../queries.ts";
import { linksOf, shownOf } from "./shown.ts";

interface Props {
  channel: Channel;
  template: LibraryTemplate;
  onClose: () => void;
}

const isAddress = (text: string): boolean => /^https?:\/\/[^\s/]+\.[^\s]+$/i.test(text);

/** Takes a text of Meta's over: under a name of one's own, with the Page's own addresses behind its buttons. */
export function CloneDialog({ channel, template, onClose }: Props) {
  const { t, i18n } = useTranslation("templates");
  const navigate = useNavigate();
  const clone = useCloneTemplate(channel.id);
  const links = linksOf(template);
  const [name, setName] = useState(template.name);
  const [urls, setUrls] = useState<string[]>(() => links.map(() => ""));
  const [tried, setTried] = useState(false);
  useReturnFocus();
  const nameWrong = !/^[a-z0-9_]{1,512}$/.test(name);
  const urlWrong = (url: string) => !isAddress(url.trim().replace(/\{\{1\}\}$/, ""));
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("clone.title")}
      size="lg"
      closeButtonProps={{ "aria-label": t("common:close") }}
      data-testid="clone-dialog"
    >
      <form
        className={page.dialog}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (nameWrong || urls.some(urlWrong)) return;
          const buttonUrls = urls.map((url) => url.trim());
          const wish = { name, language: template.language, library: template.name };
          clone.mutate(buttonUrls.length > 0 ? { ...wish, buttonUrls } : wish, {
            onSuccess: (made) => {
              const known = made.status === "APPROVED" || made.status === "REJECTED" ? made.status : "PENDING";
              notifications.show({ message: t(`created.${known}`, { name: made.name }) });
              void navigate({ to: "/settings/templates", search: { channel: channel.id } });
            },
          });
        }}
      >
        <p className={page.dialogText}>
          {t("clone.text", { language: languageName(template.language, i18n.language) })}
        </p>
        <TextInput
          label={t("create.name")}
          description={t("create.nameHint")}
          autoComplete="off"
          spellCheck={false}
          maxLength={512}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value.toLowerCase().replace(/[\s-]+/g, "_"))}
          error={nameWrong && (tried || name !== "") ? t("clone.nameWrong") : null}
          data-testid="clone-name"
        />
        {links.map((button, index) => {
          const url = urls[index] ?? "";
          return (
            <TextInput
              // biome-ignore lint/suspicious/noArrayIndexKey: buttons have nothing but their place
              key={index}
              label={t("clone.url", { text: button.text })}
              description={t("clone.urlHint", { place: "{{1}}" })}
              type="url"
              inputMode="url"
              placeholder="https://"
              maxLength={2000}
              value={url}
              onChange={(event) => {
                const next = event.currentTarget.value;
                setUrls((before) => before.map((each, at) => (at === index ? next : each)));
              }}
              error={tried && urlWrong(url) ? t("clone.urlWrong") : null}
              data-testid="clone-url"
            />
          );
        })}
        <Preview template={shownOf(template)} />
        <ProblemNotice error={clone.error} />
        <div className={page.dialogButtons}>
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button type="submit" loading={clone.isPending} data-testid="clone-submit">
            {t("clone.submit")}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
