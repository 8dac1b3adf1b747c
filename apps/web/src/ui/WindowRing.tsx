import classes from "./ui.module.css";

/** How much is left of a reply window, as a ring that empties. `part` 0–1; amber in the last hours. */
export function WindowRing({
  part,
  tone,
  size = 16,
  label,
}: {
  part: number;
  tone: "accent" | "warn" | "off";
  size?: number;
  label?: string;
}) {
  const radius = 6.25;
  const round = 2 * Math.PI * radius;
  const left = Math.max(0.02, Math.min(1, part));
  return (
    <svg
      className={classes.ring}
      data-tone={tone}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <circle className={classes.ringTrack} cx="8" cy="8" r={radius} />
      {tone === "off" ? null : (
        <circle
          className={classes.ringLeft}
          cx="8"
          cy="8"
          r={radius}
          strokeDasharray={`${round * left} ${round}`}
          transform="rotate(-90 8 8)"
        />
      )}
    </svg>
  );
}
