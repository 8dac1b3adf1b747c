import { cover, mix, png, type Rgb } from "../store/png.ts";

/** Pictures customers send in the sample conversations: drawn, so that nothing has to be shipped. */

const box = (x: number, y: number, cx: number, cy: number, w: number, h: number, r: number) => {
  const dx = Math.abs(x - cx) - w + r;
  const dy = Math.abs(y - cy) - h + r;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - r;
};

function room(wall: Rgb, floor: Rgb) {
  return (x: number, y: number): Rgb => {
    const light = 1 - Math.hypot(x - 180, y - 60) / 620;
    const base = y < 270 ? wall : mix(floor, wall, (330 - y) / 300);
    return mix(mix(base, [0, 0, 0], 0.35), base, light + 0.35);
  };
}

/** A parcel on a table, one corner crushed. */
export function parcel(): Buffer {
  const background = room([214, 206, 194], [150, 118, 88]);
  return png(480, 360, (x, y) => {
    const side = box(x, y, 240, 205, 118, 84, 6);
    const crushed = (x - 358 - (y - 121) + 46) * 0.7;
    let colour = mix(background(x, y), [60, 44, 30], cover(box(x, y, 252, 292, 128, 10, 10) / 6) * 0.45);
    const card: Rgb = mix([196, 152, 102], [164, 120, 76], (y - 120) / 170);
    colour = mix(colour, card, cover(Math.max(side, crushed)));
    colour = mix(colour, [222, 196, 150], cover(Math.max(side, crushed, Math.abs(x - 240) - 13)));
    colour = mix(colour, [244, 242, 236], cover(Math.max(crushed, box(x, y, 178, 238, 34, 22, 3))));
    const bars = Math.max(box(x, y, 178, 244, 28, 9, 0), Math.sin(x * 1.35) * 2 - 0.4);
    colour = mix(colour, [30, 30, 30], cover(bars) * 0.9);
    return mix(colour, [120, 84, 50], cover(Math.max(Math.abs(crushed + 5) - 4, side)) * 0.6);
  });
}

/** A jacket laid flat. */
export function jacket(hue: Rgb = [44, 84, 140]): Buffer {
  const background = room([232, 230, 225], [206, 200, 190]);
  return png(480, 360, (x, y) => {
    const dx = Math.abs(x - 240);
    const body = Math.max(box(x, y, 240, 215, 74 + (y - 130) * 0.08, 112, 16), 0 - y + 92 + dx * 0.22);
    const sleeve = box(dx * 0.94 + (y - 200) * -0.34, y, 108, 198, 26, 92, 20);
    const shape = Math.min(body, sleeve);
    let colour = mix(background(x, y), [90, 86, 80], cover((Math.min(body, sleeve) - 8) / 9) * 0.35);
    const cloth = mix(hue, [12, 22, 40], (y - 90) / 420 + Math.sin(x / 19 + y / 43) * 0.04);
    colour = mix(colour, cloth, cover(shape));
    colour = mix(colour, mix(hue, [255, 255, 255], 0.55), cover(Math.max(dx - 2, body)));
    colour = mix(colour, mix(hue, [0, 0, 0], 0.5), cover(Math.max(Math.abs(body + 5) - 1, 0 - y + 110)) * 0.5);
    const pocket = Math.abs(box(dx, y, 44, 262, 20, 22, 4)) - 1.2;
    return mix(colour, mix(hue, [0, 0, 0], 0.45), cover(pocket) * 0.8);
  });
}

/** A teapot and a cup. */
export function teapot(): Buffer {
  const background = room([226, 214, 196], [112, 82, 58]);
  return png(480, 360, (x, y) => {
    const body = Math.hypot((x - 215) * 0.86, y - 220) - 74;
    const lid = Math.max(Math.hypot((x - 215) * 0.7, (y - 158) * 1.3) - 32, y - 162);
    const knob = Math.hypot(x - 215, y - 128) - 9;
    const spout = box(x - (y - 215) * -0.62, y, 300, 205, 13, 46, 10);
    const handle = Math.abs(Math.hypot((x - 122) * 1.05, y - 212) - 38) - 6;
    const pot = Math.min(body, lid, knob, spout, handle);
    const clay = mix([150, 74, 52], [86, 36, 28], (x - 150) / 190 + (y - 150) / 400);
    let colour = mix(background(x, y), [40, 26, 18], cover(box(x, y, 240, 296, 150, 8, 8) / 7) * 0.5);
    colour = mix(colour, clay, cover(pot));
    colour = mix(colour, [214, 150, 120], cover(Math.hypot((x - 185) * 0.8, (y - 190) * 0.6) - 12) * 0.4);
    const cup = Math.max(Math.hypot((x - 378) * 0.9, y - 262) - 36, 246 - y);
    colour = mix(colour, [246, 242, 234], cover(cup));
    return mix(colour, [196, 142, 60], cover(Math.hypot((x - 378) * 0.32, y - 248) - 10));
  });
}

/** The thumbs-up sticker, roughly. */
export function sticker(): Buffer {
  return png(120, 120, (x, y) => {
    const thumb = Math.min(box(x, y, 66, 78, 28, 24, 10), box(x + (y - 50) * 0.25, y, 60, 46, 11, 28, 11));
    const cuff = box(x, y, 26, 80, 10, 26, 4);
    let colour: Rgb = [255, 255, 255];
    colour = mix(colour, [24, 119, 242], cover(thumb));
    return mix(colour, [16, 84, 190], cover(cuff));
  });
}
