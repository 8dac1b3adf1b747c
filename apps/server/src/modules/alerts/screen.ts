/** The screen that shows what an alert is about. */
export function screenOf(
  about: { channel_id: string | null; incident_id: string | null; kind: string },
  publicUrl: string,
): string {
  if (about.kind === "test") return `${publicUrl}/settings/alerts`;
  return about.channel_id ? `${publicUrl}/settings/channels/${about.channel_id}` : `${publicUrl}/settings/incidents`;
}
