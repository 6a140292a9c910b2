// An article's page: what was answered for a sentence, claims with their premises, and the
// original beside the normalised text.
"use strict";

lichang.onReady(() => {
  const { el, shown, t, word } = lichang;
  const text = document.getElementById("text");
  const panel = document.getElementById("panel");
  const known = lichang.data("data");
  const sentences = [...text.querySelectorAll(".s")];
  const MARK = { supportive: "＋", critical: "－", neutral: "○" };
  let chosen = -1;

  const words = (of) => sentences[of].querySelector(".t").textContent;
  const normalised = (of) => known.sentences[of].text ?? words(of);

  const filter = lichang.filter(text, { show: (at) => choose(sentences.indexOf(at), false) });

  // -- the panel of one sentence

  function bars(names, values, given) {
    return el("div", { class: "chances" }, names.flatMap((name, i) => [
      el("span", { class: name === given ? "given" : null }, word(name)),
      el("svg:svg", { viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
        el("svg:rect", { class: name, x: 0, y: 0, width: (100 * values[i]).toFixed(1), height: 8 })),
      el("b", { class: name === given ? "given" : null }, values[i].toFixed(2)),
    ]));
  }

  function carried(of, spans) {
    const whole = [...normalised(of)]; // spans count characters, which JavaScript may count twice
    const order = [...spans].sort((a, b) => a[0] - b[0]);
    const parts = [];
    let at = 0;
    for (const [start, end, drop] of order) {
      if (start < at) continue;
      parts.push(whole.slice(at, start).join(""));
      parts.push(el("mark", { title: t(`去掉它，概率低 ${drop.toFixed(2)}`, `without it ${drop.toFixed(2)} less probable`) }, whole.slice(start, end).join("")));
      at = end;
    }
    return [...parts, whole.slice(at).join("")].map((part) => (typeof part === "string" ? shown(part) : part));
  }

  function ofArea(of, answer) {
    const parts = [
      el("h3", {}, `${MARK[answer.stance]} ${word(answer.area)}${t("：", ": ")}${word(answer.stance)}`),
      bars(known.answers, answer.p, answer.stance),
    ];
    if (answer.words.length) {
      const drops = [...answer.words].sort((a, b) => b[2] - a[2])
        .map(([start, end, drop]) => `“${shown([...normalised(of)].slice(start, end).join(""))}” −${drop.toFixed(2)}`);
      parts.push(el("p", { class: "meta" }, t("依据的词（去掉后概率下降）：", "Carried by (loss of probability without): "), drops.join(t("，", ", "))));
      parts.push(el("blockquote", { lang: "zh" }, carried(of, answer.words)));
    }
    return parts;
  }

  function person(answer, given) {
    const areas = Object.entries(answer.areas).map(([area, stance]) => `${MARK[stance]}${word(area)}`);
    const same = JSON.stringify(Object.entries(answer.areas).sort())
      === JSON.stringify(given.areas.map((a) => [a.area, a.stance]).sort());
    const said = [areas.join(t("、", ", ")) || t("没有涉及的领域", "no area"), answer.voice && word(answer.voice), word(answer.role),
      answer.unsure && t("存疑", "unsure")].filter(Boolean).join(" · ");
    const kind = answer.kind === "adjudicated" ? t("（裁定）", " (adjudicated)") : "";
    return el("li", {}, el("b", {}, shown(answer.name)), kind, t("：", ": "), said, " ",
      el("small", {}, same ? t("与模型一致", "as the model") : t("与模型不同", "not as the model")));
  }

  function choose(of, focus = true) {
    if (of < 0) return;
    sentences[chosen]?.classList.remove("chosen");
    chosen = of;
    sentences[of].classList.add("chosen");
    const given = known.sentences[of];
    const close = el("button", { type: "button", "aria-label": t("关闭", "close") }, "×");
    close.addEventListener("click", () => { shut(); sentences[of].querySelector(".m")?.focus(); });
    panel.replaceChildren(
      el("header", {}, el("h2", {}, t(`第 ${of + 1} 句`, `Sentence ${of + 1}`)), close),
      el("blockquote", { lang: "zh" }, words(of)),
    );
    if (given.text !== undefined) panel.append(el("p", { class: "meta" }, t("规范文：", "normalised: "), el("span", { lang: "zh" }, shown(given.text))));
    panel.append(...given.areas.flatMap((answer) => ofArea(of, answer)));
    if (!given.areas.length) panel.append(el("p", {}, t("没有涉及政策领域", "addresses no policy area")));
    const said = [given.areas.length && `${word(given.voice[0])} p ${given.voice[1].toFixed(2)}`, `${word(given.role[0])} p ${given.role[1].toFixed(2)}`];
    panel.append(el("p", { class: "said" }, said.filter(Boolean).join(" · ")));
    if (given.people) panel.append(el("h3", {}, t("标注", "Annotations")), el("ul", { class: "people" }, given.people.map((one) => person(one, given))));
    if (given.task) panel.append(el("p", {}, el("a", { href: given.task, rel: "noreferrer", target: "_blank" }, t("在 Label Studio 里更正 ↗", "Correct this in Label Studio ↗"))));
    panel.append(el("p", { class: "meta" }, el("a", { href: `#${sentences[of].id}` }, t("本句链接", "link to this sentence")), " · ", el("code", {}, given.id)));
    panel.hidden = false;
    panel.scrollIntoView({ block: "nearest" });
    if (focus) panel.focus({ preventScroll: true });
  }

  function shut() {
    panel.hidden = true;
    sentences[chosen]?.classList.remove("chosen");
    chosen = -1;
  }

  text.addEventListener("click", (event) => {
    const sentence = event.target.closest(".m, .t")?.closest(".s");
    if (sentence && !String(getSelection())) choose(sentences.indexOf(sentence));
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !panel.hidden) { shut(); text.focus(); }
    if (event.key === "j") filter.step(1);
    if (event.key === "k") filter.step(-1);
  });
  document.getElementById("strip").addEventListener("click", (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const of = Math.min(sentences.length - 1, Math.floor((event.clientX - box.left) / box.width * sentences.length));
    if (of < 0) return;
    choose(of, false);
    sentences[of].querySelector(".t").scrollIntoView({ block: "center" });
  });

  // -- claims with the premises around them

  const quote = (of) => el("a", { href: `#${sentences[of].id}`, "data-go": of, lang: "zh" }, words(of));

  function argue() {
    const at = document.getElementById("argument");
    at.replaceChildren(el("p", { class: "note" }, t(
      "每条主张下面是同一段里离它最近的论据：按位置归并，不表示模型判断它支持这条主张。",
      "Under each claim stand the premises nearest to it in its paragraph: placed by position, not judged to support it.")));
    for (const [claim, ...premises] of known.arguments) {
      const tags = known.sentences[claim].areas.map((a) => `${MARK[a.stance]}${word(a.area)}`).join(" ");
      at.append(el("article", {}, el("p", { class: "kind" }, `${word("claim")} · ${word(known.sentences[claim].voice[0])} ${tags}`), quote(claim),
        premises.length ? el("ul", {}, premises.map((of) => el("li", {}, el("span", { class: "kind" }, of < claim ? t("论据 ↑", "premise ↑") : t("论据 ↓", "premise ↓")), quote(of)))) : ""));
    }
    if (!known.arguments.length) at.append(el("p", { class: "empty" }, t("没有主张。", "No claim.")));
  }

  document.getElementById("argument").addEventListener("click", (event) => {
    const link = event.target.closest("[data-go]");
    if (!link) return;
    event.preventDefault();
    view("text");
    choose(Number(link.dataset.go), false);
    sentences[chosen].querySelector(".t").scrollIntoView({ block: "center" });
  });

  // -- the original beside the normalised text

  function changes(before, after) {
    if (before === after) return [shown(after)];
    if (before.length !== after.length) return [el("span", { class: "changed" }, shown(after))];
    return after.split(/(?:)/u).length !== after.length ? [shown(after)] : [...after].map((c, i) => (c === before[i] ? c : el("mark", {}, c)));
  }

  function beside() {
    let of = 0;
    for (const block of text.querySelectorAll(".block")) {
      if (block.querySelector(".norm")) return;
      const parts = [...block.querySelectorAll(".s")].map(() => {
        const made = el("span", { "data-of": of }, changes(words(of), normalised(of)));
        of += 1;
        return made;
      });
      block.append(el("div", { class: "norm", lang: "zh-Hans" }, parts));
    }
  }

  function view(name) {
    document.getElementById(`view-${name}`).checked = true;
    if (name === "argument") argue();
    if (name === "side") beside();
    text.classList.toggle("side", name === "side");
    text.hidden = name === "argument";
    document.getElementById("argument").hidden = name !== "argument";
  }

  document.addEventListener("change", (event) => {
    if (event.target.name === "view") view(event.target.value);
    if (event.target.id === "tagged") text.classList.toggle("tagged", event.target.checked);
  });
  lichang.onSpoken(() => {
    sentences.forEach((sentence, i) => {
      const { voice, role } = known.sentences[i];
      const mark = sentence.querySelector(".m");
      const tone = [...mark?.classList ?? []].find((name) => ["supportive", "critical", "neutral", "mixed"].includes(name));
      mark?.setAttribute("aria-label", [tone, voice[0], role[0]].map(word).join(t("，", ", ")));
    });
    if (!panel.hidden) choose(chosen, false);
    if (!document.getElementById("argument").hidden) argue();
  });
});
