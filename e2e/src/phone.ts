import type { Locator, Page } from "@playwright/test";
import type { Customer } from "./sim-control.ts";

/** A customer's phone: the local Meta's page, open and visible, so that it reads what it shows. */
export class Phone {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(customer: Customer): Promise<void> {
    await this.page.goto(customer.phone);
    await this.page.getByTestId("phone-input").waitFor();
  }

  async write(text: string): Promise<void> {
    await this.page.getByTestId("phone-input").fill(text);
    await this.page.getByTestId("phone-send").click();
  }

  /** Bubbles from the Page. */
  received(text?: string): Locator {
    const all = this.page.locator("[data-testid=phone-message][data-direction=in]");
    return text === undefined ? all : all.filter({ hasText: text });
  }
}
