const SIZE = 2;
const FONT = `${SIZE}px 'Apple Color Emoji', 'Noto Color Emoji', 'Twemoji Mozilla', 'Segoe UI Emoji', sans-serif`;
const COLOURS = ["#00f", "#f00"] as const;

let context: CanvasRenderingContext2D | null = null;

/**
 * Whether this computer draws it as one coloured picture. An unknown one becomes a box in the colour of the text, or falls
 * apart into several characters side by side.
 */
export function drawsEmoji(emoji: string): boolean {
  context ??= document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!context) return true;
  context.canvas.width = context.canvas.height = SIZE;
  context.font = FONT;
  context.textBaseline = "middle";
  if (context.measureText(emoji).width >= SIZE * 2) return false;
  const [one, other] = COLOURS.map((colour) => pixels(context as CanvasRenderingContext2D, emoji, colour));
  return one === other;
}

function pixels(on: CanvasRenderingContext2D, emoji: string, colour: string): string {
  on.clearRect(0, 0, SIZE, SIZE);
  on.fillStyle = colour;
  on.fillText(emoji, 0, 0);
  return on.getImageData(0, 0, SIZE, SIZE).data.join();
}
