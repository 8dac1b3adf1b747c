import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Holds a screen against WCAG 2.2 AA, and against scrolling sideways. Waits for nothing: give it a screen that has settled. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  const told = violations.map(({ id, help, nodes }) => ({
    rule: `${name}: ${id}, ${help}`,
    where: nodes.slice(0, 4).map((node) => `${node.target.join(" ")} ${node.failureSummary?.split("\n").at(1) ?? ""}`),
  }));
  expect.soft(told, name).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(over, `${name}: pixels wider than the window`).toBeLessThanOrEqual(0);
}
