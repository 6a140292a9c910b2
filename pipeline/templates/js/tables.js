// Tables: sorting by a column, searching, pages of many rows, export as CSV and JSON; drawings
// as SVG.
"use strict";

(() => {
  const { el, save, t } = lichang;

  const cellValue = (cell, type) => {
    if (!cell) return type === "number" ? NaN : "";
    const given = cell.dataset.sort ?? cell.textContent.trim();
    return type === "number" ? parseFloat(String(given).replaceAll(",", "").replace("−", "-")) : given;
  };

  function compare(a, b, type, falling) {
    if (type !== "number") return falling * String(a).localeCompare(String(b), "zh");
    if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) - Number.isNaN(b);
    return falling * (a - b);
  }

  function sort(table, column, type) {
    const head = table.tHead.rows[0].cells[column];
    const before = head.getAttribute("aria-sort");
    const down = before ? before === "ascending" : type === "number";
    for (const cell of table.tHead.rows[0].cells) {
      cell.removeAttribute("aria-sort");
      cell.querySelector(".sort")?.classList.toggle("on", cell === head);
    }
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const rows = [...table.tBodies[0].rows];
    const key = new Map(rows.map((row) => [row, cellValue(row.cells[column], type)]));
    rows.sort((a, b) => compare(key.get(a), key.get(b), type, down ? -1 : 1));
    table.tBodies[0].append(...rows);
    part(table, head.classList.contains("net"));
    page(table);
  }

  /** A line between groups whose intervals do not overlap, while ordered by them. */
  function part(table, ordered) {
    let last = null;
    for (const row of table.tBodies[0].rows) {
      const tier = row.dataset.tier ?? "";
      row.classList.toggle("parted", ordered && last !== null && tier !== last);
      last = tier;
    }
  }

  function makeSortable(table) {
    [...table.tHead.rows[0].cells].forEach((cell, column) => {
      if (!cell.dataset.type) return;
      const button = el("button", { type: "button", class: "sort" });
      button.append(...cell.childNodes);
      button.addEventListener("click", () => sort(table, column, cell.dataset.type));
      cell.append(button);
    });
    if (table.classList.contains("tiered")) part(table, true);
  }

  /** Show the rows that fit the search, as many as asked for. */
  function page(table) {
    const size = Number(table.dataset.page || 0);
    if (!size) return;
    const limit = Number(table.dataset.limit || size);
    const fitting = [...table.tBodies[0].rows].filter((row) => {
      const out = row.classList.contains("unfit");
      if (out) row.hidden = true;
      return !out;
    });
    fitting.forEach((row, i) => { row.hidden = i >= limit; });
    let more = table.parentElement.nextElementSibling;
    if (!more?.classList.contains("pager")) {
      more = el("div", { class: "pager" }, el("button", { type: "button" }));
      more.firstChild.addEventListener("click", () => {
        table.dataset.limit = Number(table.dataset.limit || size) + size;
        page(table);
      });
      table.parentElement.after(more);
    }
    more.hidden = fitting.length <= limit;
    more.firstChild.textContent = t(`再看一些（共 ${fitting.length}）`, `Show more (${fitting.length} in all)`);
    const said = document.querySelector(`[data-said="${table.id}"]`);
    if (said) said.textContent = t(`${fitting.length} 篇`, `${fitting.length} articles`);
  }

  function makeSearchable(input) {
    const table = document.getElementById(input.dataset.search);
    const rows = [...table.tBodies[0].rows].map((row) => [row, row.textContent.toLowerCase()]);
    input.addEventListener("input", () => {
      const wanted = input.value.trim().toLowerCase().split(/\s+/);
      for (const [row, text] of rows) row.classList.toggle("unfit", !wanted.every((w) => text.includes(w)));
      delete table.dataset.limit;
      page(table);
    });
  }

  /** A table's rows as objects: what each row says of itself, else its cells by column. */
  function records(table) {
    if (table.lichangRows) return table.lichangRows();
    const keys = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.key);
    return [...table.tBodies[0].rows].filter((row) => row.cells.length > 1).map((row) => {
      if (row.dataset.row) return JSON.parse(row.dataset.row);
      const pairs = keys.map((key, i) => [key, row.cells[i]?.textContent.trim() ?? ""]);
      return Object.fromEntries(pairs.filter(([key]) => key));
    });
  }

  // A spreadsheet would run a text that begins like a formula.
  const safe = (value) => {
    if (Array.isArray(value)) return safe(value.join("; "));
    if (typeof value !== "string") return String(value ?? "");
    const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };

  function csv(rows) {
    const keys = [...new Set(rows.flatMap(Object.keys))];
    const lines = [keys, ...rows.map((row) => keys.map((key) => row[key]))];
    return "\uFEFF" + lines.map((line) => line.map(safe).join(",")).join("\r\n") + "\r\n";
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-export]");
    if (!button) return;
    const { of } = button.dataset;
    const tables = [...document.querySelectorAll(`table[data-table="${of}"], table[id="${of}"]:not([data-table])`)];
    const rows = tables.flatMap(records);
    const name = `lichang-${tables[0].dataset.name}`;
    if (button.dataset.export === "csv") save(`${name}.csv`, "text/csv;charset=utf-8", csv(rows));
    else save(`${name}.json`, "application/json", JSON.stringify(rows, null, 2));
  });

  /** A drawing as a file of its own: colours that the style gives are written into it. */
  function standing(svg) {
    const copy = svg.cloneNode(true);
    const from = [svg, ...svg.querySelectorAll("*")];
    const to = [copy, ...copy.querySelectorAll("*")];
    to.forEach((node, i) => {
      const style = getComputedStyle(from[i]);
      for (const name of ["fill", "stroke", "stroke-width"]) {
        if (!node.getAttribute(name)?.startsWith("url")) node.setAttribute(name, style.getPropertyValue(name));
      }
    });
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    return copy.outerHTML;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-svg]");
    if (!button) return;
    const chart = document.getElementById(button.dataset.svg);
    const text = chart.matches("svg") ? standing(chart) : lichang.chartSvg(chart);
    save(`lichang-${chart.dataset.name}.svg`, "image/svg+xml", text);
  });

  lichang.onReady(() => {
    document.querySelectorAll("table.sortable").forEach(makeSortable);
    document.querySelectorAll("[data-search]").forEach(makeSearchable);
  });
  lichang.onSpoken(() => document.querySelectorAll("table[data-page]").forEach(page));
})();
