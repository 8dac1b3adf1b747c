import { expect, type Locator, type Page } from "@playwright/test";

/** An agent's browser, in the words of the product. */
export class Desk {
  readonly page: Page;
  readonly list: Locator;
  readonly input: Locator;
  readonly status: Locator;
  readonly off: Locator;
  readonly banner: Locator;
  readonly line: Locator;

  constructor(page: Page) {
    this.page = page;
    this.list = page.getByTestId("conversation-list");
    this.input = page.getByTestId("composer-input");
    this.status = page.getByTestId("composer-status");
    this.off = page.getByTestId("composer-off");
    this.banner = page.getByTestId("connection-banner");
    this.line = page.getByTestId("connection");
  }

  row(name: string): Locator {
    return this.page.getByTestId("conversation-row").filter({ hasText: name });
  }

  /** A bubble by what it says. */
  message(text: string): Locator {
    return this.page.getByTestId("message").filter({ hasText: text });
  }

  async openInbox(): Promise<void> {
    await this.page.goto("/inbox");
    await expect(this.page.getByTestId("me-menu").filter({ visible: true })).toBeVisible();
    await this.live();
  }

  /** Waits for the live connection: news that came before it are shown, and called out to nobody. */
  async live(): Promise<void> {
    await expect(this.line).toHaveAttribute("data-state", "live");
  }

  async go(place: "inbox" | "settings"): Promise<void> {
    await this.page.getByTestId(`nav-${place}`).filter({ visible: true }).click();
  }

  /** Opens a conversation from the list, as soon as it is there. */
  async open(name: string): Promise<void> {
    await this.row(name).click();
    await expect(this.page.getByTestId("thread")).toBeVisible();
    await expect(this.page.getByRole("heading", { name })).toBeVisible();
  }

  /** Opens a conversation that stands too far down in the list, through the search. */
  async find(name: string): Promise<void> {
    await this.page.getByTestId("search-input").fill(name);
    // The list of before, in which the person may stand too, gives way a moment later: a click in between would go astray.
    await expect(this.list).toHaveAttribute("data-query", name);
    await this.open(name);
  }

  async send(text: string): Promise<void> {
    await this.input.fill(text);
    await this.page.getByTestId("composer-send").click();
  }

  async note(text: string): Promise<void> {
    await this.page.getByTestId("note-toggle").click();
    await this.send(text);
    await this.page.getByTestId("note-toggle").click();
  }

  /** Chooses from the menu of the signed-in person. */
  async choose(testId: string): Promise<void> {
    await this.page.getByTestId("me-menu").filter({ visible: true }).click();
    await this.page.getByTestId(testId).click();
  }
}
