// Charts by Apache ECharts, drawn as SVG in the page's own colours.
"use strict";

(() => {
  const charts = new Map();

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const ink = () => ({
    ink: colour("ink"), soft: colour("soft"), line: colour("line"), card: colour("card"),
    supportive: colour("supportive"), critical: colour("critical"), neutral: colour("neutral-pale"),
    mixed: colour("mixed"), edge: colour("edge"),
  });

  /** Draw after the page is shown, and again when the language, colours or width change. */
  lichang.chart = (at, option) => {
    let made = null;
    const draw = () => {
      if (!at.clientWidth) return;
      if (!made) {
        made = echarts.init(at, null, { renderer: "svg" });
        new ResizeObserver(() => made.resize()).observe(at);
      }
      made.setOption({
        animation: false,
        // A quoted family would break the SVG that is saved.
        textStyle: { fontFamily: "system-ui, sans-serif", color: ink().soft },
        ...option(ink()),
      }, { notMerge: true });
      at.setAttribute("role", "img");
    };
    let waiting = 0;
    const later = () => { waiting ||= setTimeout(() => { waiting = 0; draw(); }); };
    charts.set(at, { draw, made: () => made });
    lichang.onSpoken(later);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", later);
    return later;
  };

  /** What a chart says when it is pointed at: lines of text in a box. */
  lichang.tip = (lines) => lichang.el("div", { class: "tip" }, lines.map((line) => lichang.el("div", {}, line)));

  lichang.tooltip = (colours, formatter) => ({
    confine: true,
    backgroundColor: colours.card,
    borderColor: colours.edge,
    textStyle: { color: colours.ink, fontSize: 13 },
    formatter,
  });

  /** The drawing of a chart, or of all charts inside, one below the other, as one SVG. */
  lichang.chartSvg = (holder) => {
    const inside = [...charts].filter(([at]) => holder.contains(at));
    inside.forEach(([, chart]) => chart.draw());
    const found = inside.filter(([, chart]) => chart.made());
    const svgs = found.map(([at, chart]) => ({
      title: at.closest("figure")?.querySelector("figcaption")?.innerText.trim() || "",
      width: at.clientWidth,
      height: at.clientHeight,
      text: chart.made().renderToSVGString(),
    }));
    const width = Math.max(...svgs.map((svg) => svg.width));
    let top = 0;
    const parts = svgs.map((svg) => {
      const head = svg.title ? 22 : 0;
      const label = lichang.el("svg:text", { x: 4, y: top + 16, "font-size": 13, "font-weight": 600, fill: ink().ink });
      label.textContent = svg.title;
      const part = `${svg.title ? label.outerHTML : ""}${svg.text.replace("<svg ", `<svg y="${top + head}" `)}`;
      top += head + svg.height;
      return part;
    });
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${top}" font-family="sans-serif">`
      + `<rect width="100%" height="100%" fill="${ink().card}"/>${parts.join("")}</svg>`;
  };
})();
