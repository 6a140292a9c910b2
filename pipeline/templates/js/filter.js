// Filters sentences and follows numbers to them. The filter lives in the address
// ("#area=…&stance=…"), so that every number is a plain link.
"use strict";

lichang.filter = (text, hooks = {}) => {
  const { asked, t } = lichang;
  const form = document.querySelector("form.filters");
  const fields = [...form.querySelectorAll("select")];
  const output = form.querySelector("output");
  let sentences = [];
  let matches = [];
  let current = -1;

  const wanted = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const active = () => Object.values(wanted()).some(Boolean);

  function fits(sentence, want) {
    if (want.role && sentence.dataset.r !== want.role) return false;
    if (want.voice && sentence.dataset.v !== want.voice) return false;
    if (!want.area && !want.stance) return true;
    const any = !want.area || want.area === "*";
    return sentence.dataset.a.split(" ").filter(Boolean).some((pair) => {
      const cut = pair.lastIndexOf(":");
      const areaFits = any || pair.slice(0, cut) === want.area;
      return areaFits && (!want.stance || pair.slice(cut + 1) === want.stance);
    });
  }

  function apply() {
    const want = wanted();
    sentences = [...text.querySelectorAll(".s")];
    matches = sentences.filter((sentence) => fits(sentence, want));
    current = -1;
    const fitting = new Set(matches);
    for (const sentence of sentences) sentence.classList.toggle("off", !fitting.has(sentence));
    for (const block of text.querySelectorAll(".block")) {
      block.classList.toggle("off", !block.querySelector(".s:not(.off)"));
    }
    text.classList.toggle("filtered", active());
    text.classList.toggle("only", active() && Boolean(form.elements.only?.checked));
    hooks.applied?.(matches);
    say();
  }

  function say() {
    const all = Number(text.dataset.total || sentences.length);
    const found = active() ? matches.length : all;
    output.textContent = t(`${found} / ${all} 句`, `${found} / ${all} sentences`);
  }

  function step(by) {
    if (!matches.length) return;
    current = current < 0 && by < 0 ? matches.length - 1 : (current + by + matches.length) % matches.length;
    const at = matches[current];
    hooks.show?.(at);
    at.focus({ preventScroll: true });
    (at.querySelector(".t") || at).scrollIntoView({ block: "center" });
  }

  function remember() {
    const set = Object.entries(wanted()).filter(([, value]) => value);
    history.replaceState(null, "", `#${new URLSearchParams(set)}`);
  }

  async function follow() {
    const query = asked();
    const filter = [...query].length > 0;
    for (const field of fields) {
      field.value = query.get(field.name) || "";
      if (field.selectedIndex < 0) field.value = "";
    }
    if (active()) await hooks.complete?.();
    apply();
    if (filter) step(1);
  }

  form.addEventListener("change", async () => {
    if (active()) await hooks.complete?.();
    apply();
    remember();
  });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of form.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash) follow();
  });
  window.addEventListener("hashchange", follow);
  lichang.onSpoken(say);
  follow();
  return { step, apply };
};
