// Shows what the server pushes, and leads to the screen that shows it. It keeps nothing and answers no request of the page.

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  let pushed = {};
  try {
    pushed = event.data?.json() ?? {};
  } catch {
    // Shown all the same: a browser that is pushed to and shows nothing loses its subscription.
  }
  const { title = "Firstline", body = "", path = "/", tag, lang } = pushed;
  event.waitUntil(
    self.registration.showNotification(title, {
      body,
      lang,
      tag,
      renotify: Boolean(tag),
      icon: "/favicon.svg",
      data: { path },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const address = new URL(event.notification.data?.path ?? "/", self.location.origin);
  // Only screens of this installation.
  if (address.origin !== self.location.origin) return;
  event.waitUntil(
    (async () => {
      const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
      const there = open.find((client) => new URL(client.url).pathname === address.pathname) ?? open[0];
      if (!there) return self.clients.openWindow(address.href);
      await there.focus();
      if (new URL(there.url).pathname !== address.pathname) await there.navigate(address.href);
    })(),
  );
});
