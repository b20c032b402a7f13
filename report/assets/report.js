// Filters and sorting of tables, charts and their export, copying, and the search over quotes. Text is only set as text.
"use strict";
(() => {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const wordsOf = (text) => fold(text).split(/\s+/).filter(Boolean);

  // What is asked of a page stands in its address after the #, which needs no server: to send, or to come back to.
  const keepInAddress = (fields, act) => {
    const keep = () => {
      const given = Object.entries(fields).filter(([, field]) => field.value);
      const asked = String(new URLSearchParams(given.map(([name, field]) => [name, field.value])));
      history.replaceState(null, "", asked ? `#${asked}` : location.href.split("#")[0]);
      act();
    };
    const follow = () => {
      if (!location.hash.includes("=")) return;
      const given = new URLSearchParams(location.hash.slice(1));
      for (const [name, field] of Object.entries(fields)) field.value = given.get(name) ?? "";
      act();
    };
    for (const field of Object.values(fields)) field.addEventListener("input", keep);
    window.addEventListener("hashchange", follow);
    follow();
    return keep;
  };

  // Filters: words typed, and choices made, both for the rows of one table.
  const table = document.getElementById("list");
  if (table && table.tBodies) {
    const rows = [...table.tBodies[0].rows];
    const input = document.querySelector("[data-filters]");
    const choices = [...document.querySelectorAll("[data-choice]")];
    const count = document.querySelector("[data-count]");
    const texts = new Map();
    const textOf = (row) => {
      if (!texts.has(row)) texts.set(row, fold(row.textContent));
      return texts.get(row);
    };
    const filter = () => {
      const words = wordsOf(input.value);
      let shown = 0;
      for (const row of rows) {
        const chosen = choices.every((c) => !c.value || row.dataset[c.dataset.choice] === c.value);
        row.hidden = !(chosen && (!words.length || words.every((word) => textOf(row).includes(word))));
        shown += row.hidden ? 0 : 1;
      }
      count.textContent = shown.toLocaleString("en");
    };
    keepInAddress({ words: input, ...Object.fromEntries(choices.map((c) => [c.dataset.choice, c])) }, filter);
    // A browser may have kept what was typed before the page was left.
    if (input.value || choices.some((c) => c.value)) filter();
    if ("sorts" in table.dataset) makeSortable(table, rows);
  }

  function makeSortable(sorted, rows) {
    const heads = [...sorted.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        heads.forEach((other) => other.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keys = new Map(rows.map((row) => [row, keyOf(row.cells[column])]));
        const order = (a, b) => compare(keys.get(a), keys.get(b)) * (down ? -1 : 1);
        sorted.tBodies[0].append(...[...rows].sort(order));
      });
    });
  }
  const keyOf = (cell) => {
    const key = cell.dataset.sort ?? cell.textContent.trim();
    return key !== "" && Number.isFinite(Number(key)) ? Number(key) : key;
  };
  const compare = (a, b) => {
    if (typeof a === typeof b) return typeof a === "number" ? a - b : a.localeCompare(b);
    return typeof a === "number" ? -1 : 1;
  };

  // A link to evidence in an older version opens that version.
  const open = () => document.getElementById(location.hash.slice(1))?.closest("details:not([open])")?.setAttribute("open", "");
  window.addEventListener("hashchange", open);
  open();

  for (const button of document.querySelectorAll("[data-copies]")) {
    if (!navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).textContent);
      button.textContent = "Copied";
    });
  }

  const place = document.getElementById("chart");
  if (place && window.vegaEmbed) draw(place);

  async function draw(chart) {
    const { chart: kind, scale, step, height, marks, days = [], domain, ticks } = JSON.parse(document.getElementById("marks").textContent);
    const spec = structuredClone(window.newsledgerCharts[kind]);
    const datasets = {
      spread: days,
      median: days,
      ranges: marks.filter((mark) => mark.low < mark.high),
      plans: marks.filter((mark) => mark.is_plan),
      claims: marks.filter((mark) => !mark.is_plan),
    };
    spec.layer = spec.layer.filter((layer) => datasets[layer.name].length);
    spec.params.forEach((param) => (param.views = [spec.layer.at(-1).name]));
    if (height) spec.height = height;
    const width = chart.clientWidth;
    // The names of measures stand left of the plot, and the legend begins where it does.
    const room = width - (kind === "activity" ? 140 : 40);
    const outlets = new Set(marks.map((mark) => mark.outlet)).size;
    const every = Math.ceil(ticks.length / Math.max(1, Math.floor(room / 105)));
    // Of one outlet there is nothing to single out.
    if (outlets < 2) spec.params = [];
    for (const { encoding } of spec.layer) {
      encoding.x.scale.domain = domain;
      encoding.x.axis.values = ticks.filter((_, i) => i % every === 0);
      if (scale === "log" && encoding.y.scale) {
        encoding.y.scale.type = "log";
        delete encoding.y.scale.zero;
      }
      // Between 11 and 12 dead there is nothing.
      if (step && encoding.y.axis) encoding.y.axis.tickMinStep = step;
      if (outlets < 2) {
        if (encoding.color) encoding.color.legend = null;
        if (encoding.opacity) encoding.opacity = { value: 0.85 };
      } else if (encoding.color) encoding.color.legend.columns = Math.max(1, Math.min(outlets, Math.floor(room / 180)));
      if (encoding.shape) encoding.shape.legend.columns = Math.max(1, Math.floor(room / 150));
      if (kind === "activity" && width < 560) {
        encoding.y.axis.labelLimit = 120;
        encoding.x.axis.format = "%-d %b %y";
      }
    }
    const { view } = await window.vegaEmbed(chart, { ...spec, datasets }, {
      ast: true, // evaluates expressions without eval, which the page's policy forbids
      renderer: "svg",
      actions: false,
      tooltip: { theme: "custom" },
    });
    chart.setAttribute("data-drawn", "true");
    for (const button of document.querySelectorAll("[data-exports]")) {
      button.hidden = false;
      button.addEventListener("click", () => save(view, button.dataset.exports));
    }
  }

  async function save(view, type) {
    const link = document.createElement("a");
    link.href = await view.toImageURL(type, 2);
    link.download = `${document.title.replace(/ · Newsledger$/, "").replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80)}.${type}`;
    link.click();
  }

  // Search: the quotes come in a file for each month, the newest first; the older ones once something is asked.
  const search = document.getElementById("search");
  if (!search) return;
  const hits = document.getElementById("hits");
  const found = document.getElementById("found");
  const MOST = 100;
  const UNASKED = 12;
  const quotes = [];
  const asked = { words: search };
  for (const [name, id] of [["outlet", "by-outlet"], ["from", "from"], ["to", "to"]]) asked[name] = document.getElementById(id);
  const months = search.dataset.months.split(" ").filter(Boolean);

  window.newsledgerQuotes = (_month, rows) => {
    for (const row of rows) quotes.push({ row, folded: fold(row.join(" ")) });
  };
  const loadNext = () =>
    new Promise((resolve) => {
      const script = document.createElement("script");
      script.src = `assets/quotes/${months.shift()}.js`;
      script.onload = script.onerror = resolve;
      document.head.append(script);
    }).then(show);
  const isAsked = () => Object.values(asked).some((field) => field.value.trim());
  // One load at a time, so that the newest quotes come first.
  let loading = Promise.resolve();
  const loadAll = () => {
    loading = loading.then(() => (isAsked() && months.length ? loadNext().then(loadAll) : null));
  };
  const show = () => {
    const words = wordsOf(search.value);
    const fits = ({ row: [, , , outlet, day], folded }) =>
      words.every((word) => folded.includes(word)) &&
      fold(outlet ?? "").includes(fold(asked.outlet.value.trim())) &&
      (!asked.from.value || day >= asked.from.value) &&
      (!asked.to.value || day <= asked.to.value);
    const matching = isAsked() ? quotes.filter(fits) : quotes.slice(0, UNASKED);
    const shown = matching.length > MOST ? `, the newest ${MOST} shown` : "";
    const none = matching.length ? "" : ". Try fewer words, or other days";
    const many = matching.length === 1 ? "quote" : "quotes";
    found.textContent = isAsked() ? `${matching.length.toLocaleString("en")} ${many}${shown}${none}` : "The newest";
    document.getElementById("examples").hidden = isAsked();
    hits.replaceChildren(...matching.slice(0, MOST).map((quote) => entry(quote, words)));
  };
  const dayOf = (day) =>
    new Date(day).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  // A quote with the words that hold one that was asked for marked.
  const marked = (quote, words) =>
    quote.split(/(\s+)/).map((part) => {
      if (!words.some((word) => fold(part).includes(word))) return part;
      const mark = document.createElement("mark");
      mark.className = "found";
      mark.textContent = part;
      return mark;
    });
  const entry = ({ row: [article, claim, quote, outlet, day, speaker] }, words) => {
    const item = document.createElement("li");
    const text = document.createElement("blockquote");
    const link = document.createElement("a");
    link.href = `articles/${article}.html#q-${claim}`;
    link.append(...marked(quote, words));
    text.dir = "auto";
    text.append(link);
    const about = document.createElement("p");
    about.className = "by";
    about.textContent = [outlet, dayOf(day), speaker].filter(Boolean).join(" · ");
    item.append(text, about);
    return item;
  };
  const answer = () => {
    show();
    loadAll();
  };
  if (months.length) loading = loadNext();
  const keep = keepInAddress(asked, answer);
  for (const example of document.querySelectorAll("#examples [data-words]")) {
    example.addEventListener("click", () => {
      search.value = example.dataset.words;
      keep();
    });
  }
})();
