import type { Conversation, Template } from "@firstline/contracts";
import { Modal } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useReturnFocus } from "../../../ui/useReturnFocus.ts";
import { ChooseTemplate } from "./ChooseTemplate.tsx";
import { FillIn } from "./FillIn.tsx";

interface Props {
  conversation: Conversation;
  onClose: () => void;
}

/** Chooses one of the Page's approved templates for this conversation, fills it in and sends it. */
export function TemplatePicker({ conversation, onClose }: Props) {
  const { t } = useTranslation("templates");
  const [chosen, setChosen] = useState<Template | null>(null);
  const [q, setQ] = useState("");
  const narrow = useMediaQuery("(max-width: 767px)", window.innerWidth < 768, { getInitialValueInEffect: false });
  useReturnFocus();
  return (
    <Modal
      opened
      onClose={onClose}
      title={chosen ? chosen.name : t("picker.title")}
      size={chosen ? 720 : "lg"}
      fullScreen={narrow}
      closeButtonProps={{ "aria-label": t("common:close") }}
      data-testid="template-picker"
    >
      {chosen ? (
        <FillIn
          key={chosen.id}
          conversation={conversation}
          template={chosen}
          onBack={() => setChosen(null)}
          onDone={onClose}
        />
      ) : (
        <ChooseTemplate conversation={conversation} q={q} onSearch={setQ} onChoose={setChosen} />
      )}
    </Modal>
  );
}
