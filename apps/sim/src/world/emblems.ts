import { cover, mix, png, type Rgb } from "../store/png.ts";

const SIZE = 128;
const WHITE: Rgb = [255, 255, 255];

/** Profile picture of a Page: two drawn marks for the sample world, a plain ring for any other. */
export function emblem(name: string): Buffer {
  if (name === "Blue Harbour") return waves();
  if (name === "Lantern Tea") return lantern();
  return png(SIZE, SIZE, (x, y) =>
    mix(mix([88, 104, 128], [52, 62, 82], y / SIZE), WHITE, cover(Math.abs(Math.hypot(x - 64, y - 64) - 28) - 7)),
  );
}

function waves(): Buffer {
  return png(SIZE, SIZE, (x, y) => {
    let colour: Rgb = mix([24, 64, 118], [12, 34, 72], y / SIZE);
    colour = mix(colour, [255, 206, 120], cover(Math.max(Math.hypot(x - 64, y - 56) - 20, y - 56)));
    for (const [level, strength] of [
      [66, 1],
      [82, 0.75],
      [98, 0.5],
    ] as const) {
      const wave = Math.abs(y - level - Math.sin((x + level) / 8.5) * 4) - 3.2;
      colour = mix(colour, WHITE, cover(Math.max(wave, Math.abs(x - 64) - 40)) * strength);
    }
    return colour;
  });
}

function lantern(): Buffer {
  return png(SIZE, SIZE, (x, y) => {
    let colour: Rgb = mix([52, 34, 28], [28, 18, 16], y / SIZE);
    colour = mix(colour, [255, 170, 80], Math.max(0, 1 - Math.hypot(x - 64, y - 64) / 62) * 0.5);
    const body = Math.hypot((x - 64) / 1.15, y - 64) - 27;
    const ribs = Math.abs(Math.sin(Math.asin(Math.max(-1, Math.min(1, (x - 64) / 32))) * 3));
    colour = mix(colour, mix([214, 52, 40], [250, 120, 62], ribs), cover(body));
    const cap = Math.max(Math.abs(x - 64) - 15, Math.abs(Math.abs(y - 64) - 30) - 4);
    colour = mix(colour, [240, 200, 110], cover(cap));
    return mix(colour, [240, 200, 110], cover(Math.max(Math.abs(x - 64) - 1.4, Math.abs(Math.abs(y - 64) - 44) - 12)));
  });
}
