import "./ui/mantine.css.ts";
import "./ui/theme.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startI18n } from "./lib/i18n.ts";
import { onSignedOut, queryClient } from "./lib/queryClient.ts";
import { router } from "./routes/router.ts";
import { schemeManager } from "./ui/scheme.ts";
import { cssVariables, theme } from "./ui/theme.ts";

onSignedOut(() => {
  const { pathname, searchStr } = router.state.location;
  if (pathname === "/login") return;
  queryClient.clear();
  void router.navigate({ to: "/login", search: { next: pathname + searchStr } });
});

await startI18n();

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={schemeManager}
        defaultColorScheme="auto"
      >
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>
  </StrictMode>,
);
