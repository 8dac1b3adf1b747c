import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from "@mantine/core";

const accent: MantineColorsTuple = [
  "#eaf0fd",
  "#d5e1fb",
  "#b0c6f7",
  "#92b1ff",
  "#7ea2ff",
  "#4a78e6",
  "#2b5fd9",
  "#2450bb",
  "#1f459f",
  "#183781",
];
const gray: MantineColorsTuple = [
  "#f7f7f5",
  "#f0efec",
  "#e7e6e2",
  "#dcdbd6",
  "#cfcec8",
  "#a2a19b",
  "#6b6a65",
  "#55544f",
  "#3a3936",
  "#1c1c1a",
];
const dark: MantineColorsTuple = [
  "#ececea",
  "#c9c8c4",
  "#a9a8a2",
  "#95948e",
  "#3a3a37",
  "#2f2f2d",
  "#222221",
  "#1a1a19",
  "#131312",
  "#0d0d0c",
];

export const theme = createTheme({
  primaryColor: "accent",
  primaryShade: { light: 6, dark: 4 },
  // The ink on the accent follows the palette: white on the dark blue, near black on the light one of the dark scheme.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    const accented = (input.color ?? input.theme.primaryColor) === input.theme.primaryColor;
    return input.variant === "filled" && accented ? { ...colors, color: "var(--accent-ink)" } : colors;
  },
  autoContrast: true,
  luminanceThreshold: 0.34,
  colors: { accent, gray, dark },
  black: "#1c1c1a",
  fontFamily:
    'Inter, "Segoe UI", "Noto Sans", "PingFang TC", "Noto Sans TC", "Noto Sans CJK TC", "Microsoft JhengHei", system-ui, sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, monospace',
  fontSizes: { xs: "12px", sm: "13px", md: "14px", lg: "16px", xl: "19px" },
  lineHeights: { xs: "1.4", sm: "1.45", md: "1.45", lg: "1.4", xl: "1.35" },
  headings: {
    fontWeight: "600",
    sizes: { h1: { fontSize: "20px" }, h2: { fontSize: "17px" }, h3: { fontSize: "15px" }, h4: { fontSize: "14px" } },
  },
  defaultRadius: "md",
  radius: { xs: "4px", sm: "6px", md: "8px", lg: "12px", xl: "16px" },
  spacing: { xs: "6px", sm: "10px", md: "14px", lg: "20px", xl: "28px" },
  respectReducedMotion: true,
  cursorType: "pointer",
  components: {
    InputWrapper: { styles: { label: { marginBottom: 5 }, description: { marginBottom: 5 } } },
    Button: { defaultProps: { size: "sm" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: false, fz: 12, multiline: true } },
    // The placeholder that takes the first focus is no child a menu may have; the first item takes it instead.
    Menu: {
      defaultProps: {
        shadow: "md",
        withinPortal: true,
        withInitialFocusPlaceholder: false,
        transitionProps: { duration: 90 },
      },
    },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 90 } } },
    Modal: {
      defaultProps: { transitionProps: { duration: 120 }, centered: true },
      styles: { title: { fontSize: 16, fontWeight: 600 } },
    },
    Drawer: { styles: { title: { fontSize: 16, fontWeight: 600 } } },
    Select: { defaultProps: { comboboxProps: { shadow: "md" } } },
  },
});

/** Mantine's own surfaces follow the palette of theme.css. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--pane)",
    "--mantine-color-text": "var(--ink)",
    "--mantine-color-dimmed": "var(--soft)",
    "--mantine-color-placeholder": "var(--faint)",
    "--mantine-color-anchor": "var(--accent)",
    "--mantine-color-error": "var(--bad)",
    "--mantine-color-default": "var(--pane)",
    "--mantine-color-default-hover": "var(--hover)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-gray-light-color": "var(--soft)",
    "--mantine-color-gray-text": "var(--soft)",
  };
  return { variables: {}, light: shared, dark: shared };
};
