import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SCENARIOS } from "../src/scenarios/catalogue.ts";
import { World } from "./support/world.ts";

const PUBLIC = fileURLToPath(new URL("../src/phone/public/", import.meta.url));
type Texts = Record<string, string>;

let world: World;
beforeAll(async () => {
  world = await new World().start();
});
afterAll(async () => {
  await world.stop();
});

async function texts(): Promise<{ en: Texts; zh: Texts }> {
  const { EN, ZH } = (await import(join(PUBLIC, "i18n.js"))) as { EN: Texts; ZH: Texts };
  for (const file of ["business/texts.js", "business/texts-access.js", "scenarios/texts.js", "control/texts.js"])
    await import(join(PUBLIC, file));
  return { en: EN, zh: ZH };
}

function scripts(folder = PUBLIC): string {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((file) => file.name.endsWith(".js") && !/^(i18n|texts.*)\.js$/.test(file.name))
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"))
    .join("\n");
}

describe("the pages", () => {
  it.each(["/", "/phone", "/business", "/scenarios"])("%s is served with every file it names", async (path) => {
    const page = await world.http("GET", path);
    expect(page.status).toBe(200);
    const named = [...String(page.body).matchAll(/(?:href|src)="(\/_ui\/[^"]+)"/g)].map(([, file]) => file ?? "");
    expect(named.length).toBeGreaterThan(2);
    for (const file of named) expect((await world.http("GET", file)).status, file).toBe(200);
  });

  it("have every text in both languages, with the same places to fill", async () => {
    const { en, zh } = await texts();
    expect(Object.keys(zh).sort()).toEqual(Object.keys(en).sort());
    const places = (text = "") => [...text.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();
    for (const key of Object.keys(en)) expect(places(zh[key]), key).toEqual(places(en[key]));
  });

  it("have a text for every one they ask for, and a heading for every row", async () => {
    const { en } = await texts();
    const asked = [...scripts().matchAll(/\bt\("(\w+)"/g)].map(([, key]) => key ?? "");
    expect(asked.filter((key) => !(key in en))).toEqual([]);
    expect(SCENARIOS.filter(({ row }) => !(`row_${row}` in en))).toEqual([]);
  });
});
