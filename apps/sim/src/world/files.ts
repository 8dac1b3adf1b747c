/** A one-page PDF with a few lines of text. */
export function pdf(lines: string[]): Buffer {
  const escaped = lines.map(
    (line, index) =>
      `BT /F1 ${index === 0 ? 20 : 12} Tf 60 ${760 - index * 26} Td (${line.replace(/[()\\]/g, "\\$&")}) Tj ET`,
  );
  const content = escaped.join("\n");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
  ];
  let out = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = out.length;
    out += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const xref = out.length;
  out += `xref\n0 6\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  out += `trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(out, "latin1");
}

/** A few humming seconds as WAV: a voice message without a voice. */
export function hum(seconds = 3): Buffer {
  const rate = 8000;
  const samples = Math.floor(rate * seconds);
  const out = Buffer.alloc(44 + samples * 2);
  out.write("RIFF", 0);
  out.writeUInt32LE(36 + samples * 2, 4);
  out.write("WAVEfmt ", 8);
  out.writeUInt32LE(16, 16);
  out.writeUInt16LE(1, 20);
  out.writeUInt16LE(1, 22);
  out.writeUInt32LE(rate, 24);
  out.writeUInt32LE(rate * 2, 28);
  out.writeUInt16LE(2, 32);
  out.writeUInt16LE(16, 34);
  out.write("data", 36);
  out.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i += 1) {
    const t = i / rate;
    const note = 165 * 2 ** ([0, 4, 7, 4, 5, 2][Math.floor(t * 2.4) % 6]! / 12);
    const swell = Math.sin((t * 2.4 * Math.PI) % Math.PI);
    out.writeInt16LE(Math.round(Math.sin(2 * Math.PI * note * t) * swell * 6000), 44 + i * 2);
  }
  return out;
}
