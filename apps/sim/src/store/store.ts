import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import { open, rename } from "node:fs/promises";
import { join } from "node:path";
import type { Customer, Message, Page, State, Thread } from "./types.ts";
import { upgrade } from "./upgrade.ts";

const FILE = "state.json";

/**
 * Holds the state in memory and writes all of it, atomically, soon after every change. A crash loses at most the last
 * moment; the pause between writes grows with the size of the state so that a loaded machine is not kept busy by it.
 */
export class Store {
  state: State;
  private readonly dir: string | null;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> | null = null;
  private dirty = false;
  private lastCostMs = 0;
  private byMid = new Map<string, { thread: Thread; message: Message }>();
  private byCustomer = new Map<string, Customer>();
  private byPage = new Map<string, Page>();

  constructor(dir: string | null, initial: () => State) {
    this.dir = dir;
    if (dir) mkdirSync(dir, { recursive: true });
    this.state = (dir && this.read(dir)) || initial();
    this.index();
    this.touch();
  }

  private read(dir: string): State | null {
    const path = join(dir, FILE);
    if (!existsSync(path)) return null;
    const parsed = JSON.parse(readFileSync(path, "utf8")) as State;
    if (parsed.version !== 1) throw new Error(`${path} was written by another version of the simulator; remove it.`);
    return upgrade(parsed);
  }

  replace(state: State): void {
    this.state = state;
    this.index();
    this.touch();
  }

  private index(): void {
    this.byMid.clear();
    this.byCustomer.clear();
    this.byPage.clear();
    for (const page of this.state.pages) this.byPage.set(page.id, page);
    for (const customer of this.state.customers) this.byCustomer.set(customer.id, customer);
    for (const thread of Object.values(this.state.threads)) {
      for (const message of thread.messages) this.byMid.set(message.mid, { thread, message });
    }
  }

  page(id: string): Page | undefined {
    return this.byPage.get(id);
  }

  pageByInstagram(id: string): Page | undefined {
    return this.state.pages.find((page) => page.instagram?.id === id);
  }

  addPage(page: Page): Page {
    if (!this.state.pages.includes(page)) this.state.pages.push(page);
    this.byPage.set(page.id, page);
    this.touch();
    return page;
  }

  /** Pages that never were: with their tokens and whatever was granted for them. */
  removePages(matches: (page: Page) => boolean): Page[] {
    const gone = this.state.pages.filter(matches);
    const ids = new Set(gone.map((page) => page.id));
    this.state.pages = this.state.pages.filter((page) => !ids.has(page.id));
    this.state.tokens = this.state.tokens.filter((token) => !token.pageId || !ids.has(token.pageId));
    const lists = [...this.state.tokens, ...this.state.users.flatMap((user) => Object.values(user.grants))];
    for (const list of lists) list.pageIds = list.pageIds.filter((id) => !ids.has(id));
    for (const id of ids) this.byPage.delete(id);
    this.touch();
    return gone;
  }

  customer(id: string): Customer | undefined {
    return this.byCustomer.get(id);
  }

  addCustomer(customer: Customer): Customer {
    this.state.customers.push(customer);
    this.byCustomer.set(customer.id, customer);
    this.touch();
    return customer;
  }

  thread(customer: Customer): Thread {
    const key = `${customer.pageId}:${customer.id}`;
    const existing = this.state.threads[key];
    if (existing) return existing;
    const thread: Thread = {
      pageId: customer.pageId,
      customerId: customer.id,
      platform: customer.platform,
      messages: [],
      lastActionAt: null,
      pageSeenAt: null,
      customerReadAt: null,
      pageTypingUntil: 0,
      customerTypingUntil: 0,
    };
    this.state.threads[key] = thread;
    return thread;
  }

  addMessage(thread: Thread, message: Message): void {
    thread.messages.push(message);
    const previous = thread.messages.at(-2);
    if (previous && previous.at > message.at) thread.messages.sort((a, b) => a.at - b.at);
    this.byMid.set(message.mid, { thread, message });
    this.touch();
  }

  message(mid: string): { thread: Thread; message: Message } | undefined {
    return this.byMid.get(mid);
  }

  /** Says that something changed: it will be on disk within a few tens of milliseconds. */
  touch(): void {
    this.dirty = true;
    if (!this.dir || this.timer || this.writing) return;
    this.timer = setTimeout(() => this.write(), Math.min(2000, Math.max(25, this.lastCostMs * 10)));
    this.timer.unref();
  }

  private write(): void {
    this.timer = null;
    this.writing = this.writeOnce()
      .catch((error: unknown) => console.error(`sim: the state could not be written: ${String(error)}`))
      .then(() => {
        this.writing = null;
        if (this.dirty) this.touch();
      });
  }

  private async writeOnce(): Promise<void> {
    if (!this.dir) return;
    this.dirty = false;
    const started = performance.now();
    const text = JSON.stringify(this.state);
    const path = join(this.dir, FILE);
    const file = await open(`${path}.tmp`, "w");
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.tmp`, path);
    this.lastCostMs = performance.now() - started;
  }

  /** Everything written, synchronously at the end so that an ending process cannot lose it. */
  async flush(): Promise<void> {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.writing;
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (!this.dir || !this.dirty) return;
    this.dirty = false;
    const path = join(this.dir, FILE);
    const fd = openSync(`${path}.tmp`, "w");
    writeSync(fd, JSON.stringify(this.state));
    fsyncSync(fd);
    closeSync(fd);
    renameSync(`${path}.tmp`, path);
  }
}
