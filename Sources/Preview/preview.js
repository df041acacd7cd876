// Reloads the page when the site has another edition, and shows what keeps it from being built.
(() => {
  const edition = document.currentScript.dataset.edition;
  const place = "stoa-scroll:" + location.pathname;
  let source, overlay;

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

  const element = (name, text, parent) => {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  };

  const show = (problems) => {
    overlay?.remove();
    overlay = undefined;
    if (!problems.length) return;
    overlay = document.createElement("stoa-problems");
    overlay.setAttribute("role", "alert");
    const root = overlay.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet();
    style.replaceSync(`
      :host { position: fixed; inset: auto 0 0 0; max-height: 60vh; overflow: auto; z-index: 2147483647; background: #1b1212;
        color: #f6eaea; font: 15px/1.5 system-ui, sans-serif; border-top: 4px solid #e5484d; box-shadow: 0 -8px 32px #0006 }
      div { max-width: 60rem; margin: auto; padding: 1rem 1.5rem }
      h2 { font-size: 1rem; margin: 0 }
      p { margin: .75rem 0 0 }
      b { color: #ff9a9d; font-family: ui-monospace, monospace; font-weight: 600; display: block; overflow-wrap: anywhere }
      pre { margin: .25rem 0 0; padding: .5rem .75rem; background: #0006; overflow-x: auto; font: 13px/1.5 ui-monospace, monospace }`);
    root.adoptedStyleSheets = [style];
    const box = element("div", "", root);
    element("h2", problems.length === 1 ? "The site cannot be built" : "The site cannot be built: " + problems.length + " errors", box);
    for (const problem of problems) {
      const line = element("p", "", box);
      if (problem.place) element("b", problem.place, line);
      line.append(problem.message);
      if (problem.text === undefined) continue;
      const gutter = problem.line + " | ";
      element("pre", gutter + problem.text + "\n" + " ".repeat(gutter.length) + problem.indentation + "^", box);
    }
    document.documentElement.append(overlay);
  };

  // A browser keeps few connections to one host, so only a page that is seen holds one.
  const listen = () => {
    source?.close();
    source = undefined;
    if (document.hidden) return;
    source = new EventSource("/.stoa-preview/events");
    source.onmessage = (event) => {
      const news = JSON.parse(event.data);
      if (news.edition !== edition) reload();
      else show(news.problems);
    };
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => source?.close());
  listen();
})();
