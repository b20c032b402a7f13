// Filters of tables and lists, the timeline, and the search over quotes. Text is only ever set as text.
"use strict";
(() => {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  for (const input of document.querySelectorAll("[data-filters]")) {
    const list = document.getElementById(input.dataset.filters);
    const entries = list.tBodies ? list.tBodies[0].rows : list.children;
    input.addEventListener("input", () => {
      const words = fold(input.value).split(/\s+/);
      for (const entry of entries) {
        const text = fold(entry.textContent);
        entry.hidden = !words.every((word) => text.includes(word));
      }
    });
  }

  const chart = document.getElementById("timeline");
  if (chart && window.vegaEmbed) {
    const claims = JSON.parse(document.getElementById("marks").textContent);
    const spec = { ...window.newsledgerTimeline, datasets: { claims } };
    window
      .vegaEmbed(chart, spec, {
        ast: true, // evaluates expressions without eval, which the page's policy forbids
        renderer: "svg",
        actions: { export: { svg: true, png: true }, source: false, compiled: false, editor: false },
        downloadFileName: document.title,
      })
      .then(() => chart.setAttribute("data-drawn", "true"));
  }

  const search = document.getElementById("search");
  if (!search) return;
  const hits = document.getElementById("hits");
  const found = document.getElementById("found");
  let quotes = null;

  const show = () => {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    const matching = words.length ? quotes.filter((q) => words.every((word) => q.folded.includes(word))) : [];
    found.textContent = words.length ? `${matching.length} quotes` : "";
    hits.replaceChildren(...matching.slice(0, 100).map(entry));
  };
  const entry = ({ row: [article, claim, quote, publisher, day, speaker] }) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `articles/${article}.html#q-${claim}`;
    link.dir = "auto";
    link.textContent = quote;
    const about = document.createElement("p");
    about.className = "muted";
    about.textContent = [publisher, day, speaker].filter(Boolean).join(" · ");
    item.append(link, about);
    return item;
  };
  search.addEventListener("input", () => {
    if (quotes) return show();
    if (document.getElementById("quotes")) return undefined;
    const script = document.createElement("script");
    script.id = "quotes";
    script.src = "assets/quotes.js";
    script.addEventListener("load", () => {
      quotes = window.newsledgerQuotes.map((row) => ({ row, folded: fold(row.join(" ")) }));
      show();
    });
    document.head.append(script);
    return undefined;
  });
})();
