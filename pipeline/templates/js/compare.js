// Two sources side by side; a difference is claimed only where the intervals do not overlap.
"use strict";

lichang.onReady(() => {
  const { asked, el, english, onScope, scope, signed, t } = lichang;
  const { areas, sources, scopes, cells } = lichang.overview;
  const sides = ["a", "b"].map((side) => document.getElementById(`side-${side}`));
  const table = document.getElementById("compare-table");
  if (sources.length > 1) sides[1].selectedIndex = 1;
  sides.forEach((select, i) => {
    const wanted = asked().get("ab"[i]);
    if (sources.some((source) => source[2] === wanted)) select.value = wanted;
  });
  if (sides[0].value === sides[1].value) sides[1].selectedIndex = sides[0].selectedIndex ? 0 : Math.min(1, sources.length - 1);

  const chosen = () => sides.map((select) => sources.findIndex((source) => source[2] === select.value));
  const name = (i) => sources[i]?.[0] || t("来源不明", "unknown source");
  const areaName = (area) => (english() ? area.en : area.zh);

  function pairs() {
    const picked = chosen();
    return areas.map((area, c) => ({
      area,
      sides: picked.map((source) => {
        const found = cells.find((cell) => cell[0] === source && cell[1] === c && scopes[cell[2]] === scope());
        if (!found) return null;
        return { n: found[3] + found[4] + found[5], net: found[6], low: found[7], high: found[8] };
      }),
    }));
  }

  /** 1: A is surely more supportive, -1: B is, 0: they can't be told apart, null: nothing to say. */
  function verdict([a, b]) {
    if (!a || !b || a.low === null || b.low === null) return null;
    if (a.low > b.high) return 1;
    return b.low > a.high ? -1 : 0;
  }
  function said(way) {
    const [a, b] = chosen();
    if (way === null) return t("不能比较", "not comparable");
    if (way === 0) return t("区间重叠，不能说有差别", "intervals overlap: no difference claimed");
    return t(`${name(way > 0 ? a : b)} 更支持`, `${name(way > 0 ? a : b)} is more supportive`);
  }

  const range = (side) => (side.low === null ? "" : ` [${signed(side.low)}, ${signed(side.high)}]`);

  function drawTable(rows) {
    const head = [t("领域", "Area"), `● ${name(chosen()[0])}`, t("句数", "n"), `◇ ${name(chosen()[1])}`, t("句数", "n"), t("结论", "Verdict")];
    const body = rows.map(({ area, sides: both }) => el("tr", { class: area.doubt ? "doubtful" : null, "data-area": area.id },
      el("th", { scope: "row" }, el("a", { href: area.href }, areaName(area)), area.doubt ? el("abbr", { class: "doubt", title: area.doubt[english() ? 1 : 0] }, " ⚠") : ""),
      both.flatMap((side, i) => (side
        ? [el("td", { class: "net" }, el("a", { href: `evidence/${sources[chosen()[i]][2]}-${area.stem}.html${scope() === "all" ? "" : `#voice=${scope()}`}` }, signed(side.net)), el("small", {}, range(side))), el("td", { class: "num" }, String(side.n))]
        : [el("td", { class: "nil" }, "–"), el("td", { class: "num nil" }, "0")])),
      el("td", { class: "verdict" }, el(verdict(both) ? "b" : "span", {}, said(verdict(both))))));
    table.replaceChildren(el("thead", {}, el("tr", {}, head.map((h, i) => el("th", { scope: "col", class: [2, 4].includes(i) ? "num" : null }, h)))), el("tbody", {}, body));
    table.lichangRows = () => rows.map(({ area, sides: [a, b] }) => ({
      area: area.id, voice: scope(), source_a: name(chosen()[0]), net_a: a?.net, low_a: a?.low, high_a: a?.high, n_a: a?.n ?? 0,
      source_b: name(chosen()[1]), net_b: b?.net, low_b: b?.low, high_b: b?.high, n_b: b?.n ?? 0, verdict: said(verdict([a, b])),
    }));
  }

  function errorBar(params, api) {
    const [row, low, high, shift] = [0, 1, 2, 3].map((i) => api.value(i));
    const [a, b] = [api.coord([low, row]), api.coord([high, row])];
    const y = a[1] + shift;
    const style = { stroke: api.visual("color"), lineWidth: 2 };
    const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style });
    return { type: "group", children: [line(a[0], y, b[0], y), line(a[0], y - 4, a[0], y + 4), line(b[0], y - 4, b[0], y + 4)] };
  }

  function option(colours) {
    const rows = pairs();
    const look = [{ color: colours.ink, shift: -6, symbol: "circle" }, { color: colours.mixed, shift: 6, symbol: "diamond" }];
    const series = look.flatMap((own, i) => {
      const found = rows.map((row, r) => ({ r, side: row.sides[i] })).filter(({ side }) => side);
      return [
        { type: "custom", clip: false, renderItem: errorBar, itemStyle: { color: own.color }, tooltip: { show: false }, encode: { x: [1, 2], y: 0 },
          data: found.filter(({ side }) => side.low !== null).map(({ r, side }) => [r, side.low, side.high, own.shift]) },
        { type: "scatter", clip: false, symbol: own.symbol, symbolSize: i ? 13 : 11, symbolOffset: [0, own.shift],
          itemStyle: { color: i ? colours.card : own.color, borderColor: own.color, borderWidth: 2 },
          data: found.map(({ r, side }) => ({ value: [side.net, r], side, which: i })) },
      ];
    });
    return {
      aria: { enabled: true, label: { description: rows.map((row) => `${areaName(row.area)}: ${said(verdict(row.sides))}`).join("; ") } },
      grid: { left: 8, right: 20, top: 28, bottom: 8, containLabel: true },
      tooltip: { trigger: "item", ...lichang.tooltip(colours, ({ data }) => lichang.tip([name(chosen()[data.which]), areaName(rows[data.value[1]].area), signed(data.value[0]) + range(data.side), t(`${data.side.n} 句`, `${data.side.n} sentences`)])) },
      xAxis: { type: "value", min: -1, max: 1, interval: 0.5, position: "top", axisLabel: { color: colours.soft, formatter: signed }, splitLine: { lineStyle: { color: colours.line } } },
      yAxis: { type: "category", inverse: true, data: rows.map((row) => areaName(row.area)), axisLabel: { color: colours.ink, width: 130, overflow: "break", fontSize: 12 }, axisTick: { show: false }, axisLine: { lineStyle: { color: colours.edge } } },
      series,
    };
  }

  const drawChart = lichang.chart(document.getElementById("compare-chart"), option);
  function draw() {
    drawTable(pairs());
    drawChart();
  }
  function remember() {
    history.replaceState(null, "", `#a=${sides[0].value}&b=${sides[1].value}`);
    draw();
  }
  sides.forEach((select) => select.addEventListener("change", remember));
  document.getElementById("swap").addEventListener("click", () => {
    [sides[0].value, sides[1].value] = [sides[1].value, sides[0].value];
    remember();
  });
  onScope(draw);
  lichang.onSpoken(() => drawTable(pairs()));
});
