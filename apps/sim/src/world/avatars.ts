import { createHash } from "node:crypto";
import { cover, mix, png, type Rgb } from "../store/png.ts";

const SIZE = 128;
const PALETTE: [Rgb, Rgb][] = [
  [
    [121, 92, 178],
    [176, 140, 214],
  ],
  [
    [42, 127, 117],
    [110, 186, 160],
  ],
  [
    [180, 84, 52],
    [231, 158, 104],
  ],
  [
    [58, 98, 178],
    [122, 167, 226],
  ],
  [
    [122, 128, 40],
    [190, 192, 96],
  ],
  [
    [160, 62, 92],
    [222, 132, 150],
  ],
  [
    [72, 86, 104],
    [140, 156, 172],
  ],
  [
    [32, 110, 150],
    [112, 190, 214],
  ],
];

/** A calm portrait stand-in: a person's outline over a gradient that belongs to the id. */
export function avatar(id: string): Buffer {
  const digest = createHash("sha256").update(id).digest();
  const [dark, light] = PALETTE[(digest[0] ?? 0) % PALETTE.length] ?? [
    [90, 90, 90],
    [160, 160, 160],
  ]; // prettier-ignore
  const skin: Rgb = [255, 255, 255];
  const tilt = ((digest[1] ?? 0) / 255 - 0.5) * 0.8;
  const hair = 3 + ((digest[2] ?? 0) % 8);
  return png(SIZE, SIZE, (x, y) => {
    const background = mix(light, dark, (y / SIZE) * 0.8 + ((x / SIZE) * tilt + 0.1));
    const head = Math.hypot(x - 64, (y - 52) * 0.94) - 23;
    const shoulders = Math.hypot((x - 64) * 0.78, (y - 132) * 0.95) - 50;
    const crown = Math.max(Math.hypot(x - 64, (y - 50) * 0.94) - 26, y - 38 - hair + Math.abs(x - 64) * 0.12);
    let colour = mix(background, skin, cover(shoulders) * 0.86);
    colour = mix(colour, skin, cover(head) * 0.94);
    return mix(colour, mix(dark, [0, 0, 0], 0.25), cover(crown) * 0.8);
  });
}
