const address = /(https?:\/\/[^\s<>"']+[^\s<>"'.,;:!?)\]}，。；：！？）」』、])/g;

/** A text whose web addresses can be followed. Everything else stays text. */
export function Linked({ text }: { text: string }) {
  return text.split(address).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text have no identity
      <a key={index} href={part} target="_blank" rel="noopener noreferrer nofollow">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
