// Sentences a month: supportive above the line, critical below, neutral astride it; for one source
// also the net stance with its interval.
"use strict";

lichang.onReady(() => {
  const holder = document.getElementById("trend-charts");
  if (!holder) return;
  const { el, onScope, scope, signed, t, word } = lichang;
  const known = lichang.overview ?? lichang.data("data");
  const { months, counts } = known;
  const nets = known.nets ?? [];
  const hrefs = new Map((lichang.overview?.areas ?? []).map((area) => [area.id, area.href]));
  const shown = known.key ? [known.key] : [...new Set(counts.map((row) => row[0]))];
  const ids = lichang.overview ? lichang.overview.areas.map((a) => a.id).filter((id) => shown.includes(id)) : shown;

  function series(area) {
    const empty = () => months.map(() => 0);
    const found = { supportive: empty(), critical: empty(), neutral: empty() };
    for (const [id, voice, month, s, c, n] of counts) {
      if (id !== area || voice !== scope()) continue;
      found.supportive[month] = s;
      found.critical[month] = c;
      found.neutral[month] = n;
    }
    return found;
  }
  /** The next round number: 1 to 6, 8, 10, 20 to 60, 80, 100 … */
  function round(value) {
    const ten = 10 ** Math.floor(Math.log10(value));
    return [1, 2, 3, 4, 5, 6, 8, 10].map((step) => step * ten).find((step) => step >= value);
  }
  const netsOf = (area) => nets.filter(([id, voice]) => id === area && voice === scope());

  function errorBar(params, api) {
    const [x, low, high] = [api.value(0), api.value(1), api.value(2)];
    const [a, b] = [api.coord([x, low]), api.coord([x, high])];
    const style = { stroke: api.visual("color"), lineWidth: 1.5 };
    const line = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style });
    return { type: "group", children: [line(a[0], a[1], b[0], b[1]), line(a[0] - 3, a[1], a[0] + 3, a[1]), line(b[0] - 3, b[1], b[0] + 3, b[1])] };
  }

  function option(area, colours) {
    const found = series(area);
    const half = found.neutral.map((n) => n / 2);
    const reach = round(Math.max(1, ...months.map((_, i) => half[i] + Math.max(found.supportive[i], found.critical[i]))));
    const bar = (values, colour, stack, decal) => ({ type: "bar", stack: "all", barWidth: "68%", barMaxWidth: 26, data: values, itemStyle: { color: colour, decal }, name: stack, emphasis: { disabled: true } });
    const hatch = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -Math.PI / 4, color: colours.card };
    const points = netsOf(area);
    const lines = (at) => {
      const out = [months[at], `＋ ${found.supportive[at]}　－ ${found.critical[at]}　○ ${found.neutral[at]}`];
      const net = points.find((row) => row[2] === at);
      if (net) out.push(t("净立场 ", "net ") + signed(net[3]) + (net[4] === null ? "" : ` [${signed(net[4])}, ${signed(net[5])}]`));
      return out;
    };
    const axis = { type: "value", min: -reach, max: reach, interval: reach, axisLabel: { color: colours.soft, fontSize: 11, formatter: (v) => (Number.isInteger(v) ? Math.abs(v) : "") }, splitLine: { lineStyle: { color: colours.line } } };
    return {
      aria: { enabled: true, label: { description: `${word(area)}: ${months.map((_, i) => lines(i).slice(0, 2).join(" ")).join("; ")}` } },
      grid: { left: 30, right: points.length ? 30 : 8, top: 8, bottom: 22 },
      tooltip: { trigger: "axis", ...lichang.tooltip(colours, (found) => lichang.tip(lines(found[0].dataIndex))) },
      xAxis: { type: "category", data: months, axisLine: { onZero: true, lineStyle: { color: colours.edge } }, axisTick: { show: false },
        axisLabel: { color: colours.soft, fontSize: 11, hideOverlap: true, margin: 10 }, position: "bottom", offset: 0 },
      yAxis: points.length ? [axis, { ...axis, min: -1, max: 1, splitLine: { show: false }, axisLabel: { ...axis.axisLabel, formatter: (v) => (v === 0 ? "0" : v > 0 ? "+1" : "−1") }, interval: 1 }] : axis,
      series: [
        bar(half, colours.neutral, "neutral"), bar(found.supportive, colours.supportive, "supportive"),
        bar(half.map((n) => -n), colours.neutral, "neutral"), bar(found.critical.map((c) => -c), colours.critical, "critical", hatch),
        ...(points.length ? [
          { type: "custom", yAxisIndex: 1, renderItem: errorBar, itemStyle: { color: colours.ink }, z: 5, data: points.filter((row) => row[4] !== null).map((row) => [row[2], row[4], row[5]]) },
          { type: "scatter", yAxisIndex: 1, symbolSize: 7, itemStyle: { color: colours.card, borderColor: colours.ink, borderWidth: 1.5 }, z: 6, data: points.map((row) => [row[2], row[3]]) },
        ] : []),
      ],
    };
  }

  const drawers = ids.map((area) => {
    const at = el("div", { class: "chart" });
    const name = el(hrefs.has(area) ? "a" : "span", { href: hrefs.get(area), "data-w": area }, word(area));
    const total = el("small", {});
    holder.append(el("figure", {}, known.key ? "" : el("figcaption", {}, name, total), at));
    const draw = lichang.chart(at, (colours) => option(area, colours));
    const figure = at.parentElement;
    return () => {
      const sum = Object.values(series(area)).flat().reduce((a, b) => a + b, 0);
      figure.hidden = !sum;
      total.textContent = t(`${sum} 句`, `${sum} sentences`);
      draw();
    };
  });
  const all = () => drawers.forEach((draw) => draw());
  onScope(all);
  lichang.onSpoken(all);
});
