/** For `expect.poll`: an echo may tell that a message was sent before Meta's answer to the call is written down with its attempt. */
export const WRITTEN_DOWN = { timeout: 30_000, interval: 20 };
