// Reloads the page when the site has another snapshot.
(() => {
  const snapshot = document.currentScript.dataset.snapshot;
  const place = "stoa-scroll:" + location.pathname;
  let source, isLeaving;

  // The browser's own restoring comes before late images have their height; this comes again when all is there.
  const kept = sessionStorage.getItem(place);
  if (kept !== null) {
    sessionStorage.removeItem(place);
    const [x, y] = kept.split(" ").map(Number);
    const restore = () => scrollTo({ left: x, top: y, behavior: "instant" });
    restore();
    addEventListener("load", restore, { once: true });
  }

  const reload = () => {
    sessionStorage.setItem(place, scrollX + " " + scrollY);
    location.reload();
  };

  // A browser keeps few connections to one host, so only a page that is seen holds one.
  const listen = () => {
    source?.close();
    source = undefined;
    if (document.hidden || isLeaving) return;
    source = new EventSource("/.stoa-preview/events");
    source.onmessage = (event) => {
      if (event.data !== snapshot) reload();
    };
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());
  // The reply that a form sends makes another snapshot, and reloading for it would keep the browser from the reply's page.
  addEventListener("submit", (event) => {
    isLeaving = !event.defaultPrevented;
    if (isLeaving) source?.close();
  });
  // Another page may have been shown in between.
  addEventListener("pageshow", () => {
    isLeaving = false;
    listen();
  });
})();
