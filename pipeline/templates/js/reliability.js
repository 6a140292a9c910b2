// How often answers are right, against the probability that the model gave: on the dotted line
// when probabilities mean what they say.
"use strict";

lichang.onReady(() => {
  const holder = document.getElementById("reliability-charts");
  if (!holder) return;
  const { el, t } = lichang;
  const known = lichang.data("reliability");
  const kinds = { calibrated: ["校准后", "calibrated"], raw: ["校准前", "raw"] };
  const questions = {
    addressed: ["是否涉及领域", "area addressed?"], stance: ["涉及时的立场", "stance where addressed"],
    voice: ["作者或引述", "author or quoted"], role: ["主张或论据", "claim or premise"],
  };
  const shown = Object.entries(kinds).filter(([kind]) => known[kind]);

  function option(question, colours) {
    const line = ([kind, name], dashed) => ({
      type: "line", name: t(...name), symbol: dashed ? "emptyCircle" : "circle", data: known[kind][question].map((bin) => [bin.mean_p, bin.share_true, bin.count]),
      symbolSize: 6, lineStyle: { type: dashed ? "dashed" : "solid", width: 1.5, color: dashed ? colours.soft : colours.ink }, itemStyle: { color: dashed ? colours.soft : colours.ink },
    });
    const axis = { type: "value", min: 0, max: 1, interval: 0.5, axisLabel: { color: colours.soft, fontSize: 11 }, axisLine: { lineStyle: { color: colours.edge } }, splitLine: { lineStyle: { color: colours.line } } };
    const said = ({ seriesName, value }) => [
      seriesName, t("给出的概率 ", "probability given ") + value[0].toFixed(2), t("实际答对 ", "right in truth ") + value[1].toFixed(2), t(`${value[2]} 个答案`, `${value[2]} answers`),
    ];
    const described = shown.map(([kind, name]) => `${t(...name)}: ${known[kind][question].map((bin) => `${bin.mean_p.toFixed(2)} → ${bin.share_true.toFixed(2)}`).join(", ")}`);
    return {
      aria: { enabled: true, label: { description: `${t(...questions[question])}: ${described.join("; ")}` } },
      grid: { left: 30, right: 12, top: 8, bottom: 24 },
      tooltip: { trigger: "item", ...lichang.tooltip(colours, (point) => lichang.tip(said(point))) },
      xAxis: axis,
      yAxis: axis,
      series: [
        { type: "line", data: [[0, 0], [1, 1]], symbol: "none", silent: true, tooltip: { show: false }, lineStyle: { type: "dotted", color: colours.edge } },
        ...shown.map((kind, at) => line(kind, at > 0)),
      ],
    };
  }

  const drawers = Object.keys(questions).filter((question) => shown.some(([kind]) => known[kind][question])).map((question) => {
    const at = el("div", { class: "chart" });
    const name = el("span", {});
    holder.append(el("figure", {}, el("figcaption", {}, name), at));
    const draw = lichang.chart(at, (colours) => option(question, colours));
    return () => { name.textContent = t(...questions[question]); draw(); };
  });
  const all = () => drawers.forEach((draw) => draw());
  lichang.onSpoken(all);
});
