import type { Platform } from "@firstline/contracts";
import { IconBrandInstagram, IconBrandMessenger } from "@tabler/icons-react";
import { useState } from "react";
import classes from "./Avatar.module.css";
import { hueOf, initialsOf } from "./initials.ts";

interface Props {
  name: string;
  /** What the colour is made of, so that two people of one name differ. */
  seed?: string;
  pictureUrl?: string | null;
  size?: number;
  platform?: Platform;
  /** The name is a stand-in such as “Guest”: a neutral mark instead of initials. */
  unnamed?: boolean;
}

/** Picture or initials of a person or channel, with the mark of the channel in the corner. Decorative: the name is beside it. */
export function Avatar({ name, seed, pictureUrl, size = 40, platform, unnamed }: Props) {
  const [broken, setBroken] = useState<string | null>(null);
  const picture = pictureUrl && pictureUrl !== broken ? pictureUrl : null;
  return (
    <span
      className={classes.avatar}
      style={{ "--size": `${size}px`, "--hue": hueOf(seed ?? name) }}
      data-unnamed={unnamed || undefined}
      aria-hidden
    >
      {picture ? (
        <img
          src={picture}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={() => setBroken(picture)}
        />
      ) : (
        <span className={classes.initials} data-initials={unnamed ? "?" : initialsOf(name)} />
      )}
      {platform ? <PlatformMark platform={platform} /> : null}
    </span>
  );
}

export function PlatformMark({ platform }: { platform: Platform }) {
  return (
    <span className={classes.mark} data-platform={platform} data-testid={`platform-${platform}`}>
      {platform === "messenger" ? <IconBrandMessenger stroke={2} /> : <IconBrandInstagram stroke={2} />}
    </span>
  );
}
