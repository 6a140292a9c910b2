// The matrix of sources by policy areas: voices, search, order, export.
"use strict";

lichang.onReady(() => {
  const table = document.getElementById("matrix-table");
  if (!table) return;
  const { el, english, percent, scope, signed, t } = lichang;
  const { areas, sources, scopes, notes, cells } = lichang.overview;
  const find = document.getElementById("matrix-find");
  const only = document.getElementById("matrix-area");
  const least = document.getElementById("matrix-least");
  const sure = document.getElementById("matrix-sure");
  const MARK = { supportive: "＋", critical: "－", open: "≈", unknown: "?" };
  const SAID = {
    supportive: ["确定偏支持", "surely supportive"], critical: ["确定偏批评", "surely critical"],
    open: ["方向未定", "undecided"], unknown: ["没有区间", "no interval"],
  };
  let order = { by: "name", falling: false };

  const unpacked = cells.map(([source, area, voice, supportive, critical, neutral, net, low, high, coverage, tier, estimator, note, labelled]) => ({
    source, area, voice: scopes[voice], supportive, critical, neutral, net, low, high, coverage, tier, estimator, note: notes[note], labelled,
    n: supportive + critical + neutral,
    side: low === null || high === null ? "unknown" : low > 0 ? "supportive" : high < 0 ? "critical" : "open",
  }));

  const areaName = (area) => (english() ? area.en : area.zh);
  const sourceName = (source) => source[0] || t("来源不明", "unknown source");

  function whisker(cell) {
    const at = (value) => Math.max(-100, Math.min(100, Math.round(100 * value)));
    const svg = el("svg:svg", { class: `whisker ${cell.side}`, viewBox: "-116 -16 232 32", "aria-hidden": "true" },
      el("svg:path", { class: "axis", d: "M-100 0H100M0 -14V14" }));
    if (cell.low !== null) {
      const [low, high] = [at(cell.low), at(cell.high)];
      svg.append(el("svg:path", { class: "range", d: `M${low} 0H${high}M${low} -6V6M${high} -6V6` }));
    }
    svg.append(el("svg:circle", { cx: at(cell.net), cy: 0, r: (3 + Math.min(12, 18 * Math.sqrt(Math.max(0, cell.coverage)))).toFixed(1) }));
    return svg;
  }

  function cellOf(cell, area, source) {
    const doubtful = area.doubt ? " doubtful" : "";
    if (!cell) return el("td", { class: `none${doubtful}`, "data-area": area.id }, el("span", { "aria-hidden": "true" }, "·"), el("span", { class: "vh" }, t("未涉及", "not addressed")));
    const range = cell.low === null ? "" : ` [${signed(cell.low)}, ${signed(cell.high)}]`;
    const voice = cell.voice === "all" ? "" : `voice=${cell.voice}`;
    const counts = t(`支持 ${cell.supportive}、批评 ${cell.critical}、中立 ${cell.neutral}`, `${cell.supportive} supportive, ${cell.critical} critical, ${cell.neutral} neutral`);
    return el("td", { class: `${cell.side}${doubtful}`, "data-area": area.id },
      el("a", { href: `evidence/${source[2]}-${area.stem}.html#${voice}`, title: `${sourceName(source)} · ${areaName(area)}\n${signed(cell.net)}${range}\n${counts}` },
        el("span", { class: "net" }, el("i", { "aria-hidden": "true" }, MARK[cell.side]), ` ${signed(cell.net)}`,
          el("span", { class: "vh" }, `${range} ${t(...SAID[cell.side])}`)),
        whisker(cell),
        el("span", { class: "n" }, el("span", { "data-number": "addressed" }, String(cell.n)), t(" 句 · ", " · "), percent(cell.coverage))));
  }

  /** The cells to show: by source, then by area, in the chosen voice. */
  function chosen() {
    const voice = scope();
    const minimum = Number(least.value);
    const found = new Map();
    for (const cell of unpacked) {
      if (cell.voice !== voice || cell.n < minimum) continue;
      if (sure.checked && !["supportive", "critical"].includes(cell.side)) continue;
      if (!found.has(cell.source)) found.set(cell.source, new Map());
      found.get(cell.source).set(cell.area, cell);
    }
    return found;
  }

  function rowsOf(found, columns) {
    const wanted = find.value.trim().toLowerCase();
    const rows = sources.map((source, i) => ({ source, i, cells: found.get(i) || new Map() }))
      .filter((row) => sourceName(row.source).toLowerCase().includes(wanted))
      .filter((row) => !(sure.checked || only.value || Number(least.value) > 1) || columns.some((c) => row.cells.has(c)));
    const name = (row) => sourceName(row.source);
    const byName = (a, b) => name(a).localeCompare(name(b), "zh");
    const turn = order.falling ? -1 : 1;
    if (order.by === "name") return rows.sort((a, b) => turn * byName(a, b));
    if (order.by === "count") return rows.sort((a, b) => turn * (a.source[5] - b.source[5]) || byName(a, b));
    // Tier 0 is the most supportive; cells without an interval are not ranked and come last.
    const tier = (row) => row.cells.get(order.by)?.tier ?? null;
    return rows.sort((a, b) => {
      const [x, y] = [tier(a), tier(b)];
      if (x === null || y === null) return (x === null) - (y === null) || byName(a, b);
      return (order.falling ? x - y : y - x) || byName(a, b);
    }).map((row) => ({ ...row, group: tier(row) }));
  }

  function headButton(by, ...children) {
    const button = el("button", { type: "button", class: `sort${order.by === by ? " on" : ""}` }, ...children);
    button.addEventListener("click", () => {
      order = { by, falling: order.by === by ? !order.falling : by !== "name" };
      draw();
      table.querySelector(".sort.on")?.focus();
    });
    return button;
  }
  const sorted = (by) => (order.by === by ? (order.falling ? "descending" : "ascending") : null);

  function head(columns) {
    const corner = el("th", { scope: "col", "aria-sort": sorted("name") ?? sorted("count") },
      headButton("name", t("来源", "Source")), " ", headButton("count", t("句数", "sentences")));
    return el("thead", {}, el("tr", {}, corner, columns.map((c) => {
      const area = areas[c];
      const warn = area.doubt ? el("abbr", { class: "doubt", title: area.doubt[english() ? 1 : 0] }, "⚠ ", el("span", { class: "vh" }, t(`尚不可靠：${area.doubt[0]}`, `not reliable yet: ${area.doubt[1]}`))) : "";
      return el("th", { scope: "col", class: area.doubt ? "doubtful" : null, "aria-sort": sorted(c), title: area.doubt?.[english() ? 1 : 0] }, warn, el("a", { href: area.href }, areaName(area)), " ",
        headButton(c, el("span", { class: "vh" }, t(`按${area.zh}排序`, `sort by ${area.en}`))));
    })));
  }

  /** The area with the most sentences: what a narrow screen shows first. */
  function mostAddressed() {
    const totals = areas.map((_, i) => unpacked.reduce((sum, cell) => sum + (cell.area === i ? cell.n : 0), 0));
    return totals.indexOf(Math.max(...totals));
  }

  function draw() {
    const narrow = matchMedia("(max-width: 45rem)").matches;
    if (narrow && !only.value) only.value = areas[mostAddressed()].id;
    const columns = areas.map((_, i) => i).filter((i) => !only.value || areas[i].id === only.value);
    if (typeof order.by === "number" && !columns.includes(order.by)) order = { by: "name", falling: false };
    const rows = rowsOf(chosen(), columns);
    let last;
    const body = rows.map((row) => {
      const parted = typeof order.by === "number" && last !== undefined && last !== row.group;
      last = row.group;
      return el("tr", { "data-source": row.source[0], class: parted ? "parted" : null },
        el("th", { scope: "row" }, el("a", { href: row.source[1], class: "quiet" }, el("bdi", {}, sourceName(row.source))),
          el("small", {}, t(`${row.source[3]} 篇 · ${row.source[5]} 句`, `${row.source[3]} art. · ${row.source[5]} sent.`))),
        columns.map((c) => cellOf(row.cells.get(c), areas[c], row.source)));
    });
    table.classList.toggle("single", columns.length === 1);
    table.replaceChildren(head(columns), el("tbody", {}, body));
    const shown = rows.reduce((sum, row) => sum + columns.filter((c) => row.cells.has(c)).length, 0);
    document.getElementById("matrix-said").textContent = t(`${rows.length} 个来源，${shown} 格`, `${rows.length} sources, ${shown} cells`);
  }

  table.lichangRows = () => unpacked.map((cell) => ({
    source: sources[cell.source][0], area: areas[cell.area].id, voice: cell.voice, supportive: cell.supportive,
    critical: cell.critical, neutral: cell.neutral, net: cell.net, net_low: cell.low, net_high: cell.high,
    coverage: cell.coverage, estimator: cell.estimator, labelled: cell.labelled, note: cell.note, group: cell.tier,
    not_reliable: areas[cell.area].doubt?.[1] ?? "",
  }));

  for (const input of [find, only, least, sure]) input.addEventListener("input", draw);
  lichang.onScope(draw);
  lichang.onSpoken(draw);
});
