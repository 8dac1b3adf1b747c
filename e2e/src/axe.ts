import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Holds a screen against WCAG 2.2 AA, and against scrolling sideways. Waits only for movement: give it a screen that is all there. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  await page.evaluate(untilStill);
  // No screen has frames, whose findings would be put together in a page of their own.
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).setLegacyMode(true).analyze();
  const told = violations.map(({ id, help, nodes }) => ({
    rule: `${name}: ${id}, ${help}`,
    where: nodes.slice(0, 4).map((node) => `${node.target.join(" ")} ${node.failureSummary?.split("\n").at(1) ?? ""}`),
  }));
  expect.soft(told, name).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(over, `${name}: pixels wider than the window`).toBeLessThanOrEqual(0);
}

/**
 * What is fading in has too little contrast, and what slides in stands beside the window. A dialog begins to move a frame after it
 * is there, so a few frames have to be still. Rings of time left and what turns without end are never.
 */
async function untilStill(): Promise<void> {
  const moves = () =>
    document.getAnimations().some(({ playState, effect }) => {
      const over = playState !== "running" || effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
      return !over && !((effect as KeyframeEffect | null)?.target instanceof SVGElement);
    });
  for (let still = 0; still < 4; still = moves() ? 0 : still + 1)
    await new Promise((resolve) => requestAnimationFrame(resolve));
}
