import { Menu } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./menuChoice.module.css";

interface Props {
  chosen: boolean;
  onChoose: () => void;
  icon?: ReactNode;
  children: ReactNode;
  /** One of several (default), or a thing of its own that is on or off. */
  kind?: "radio" | "checkbox";
  /** The menu stays open for the next choice. */
  stays?: boolean;
  disabled?: boolean;
  lang?: string;
  testId?: string;
}

/** A choice in a menu, ticked at its end while it is chosen. */
export function MenuChoice({ chosen, onChoose, icon, children, kind = "radio", stays, testId, ...rest }: Props) {
  const shared = {
    ...rest,
    checked: chosen,
    checkIcon: null,
    classNames: { itemIndicator: classes.indicator },
    closeMenuOnClick: !stays,
    rightSection: chosen ? <IconCheck size={15} /> : null,
    "data-testid": testId,
    children: (
      <span className={classes.label}>
        {icon}
        <span>{children}</span>
      </span>
    ),
  };
  return kind === "radio" ? (
    <Menu.RadioItem value="" onChange={onChoose} {...shared} />
  ) : (
    <Menu.CheckboxItem onChange={onChoose} {...shared} />
  );
}
