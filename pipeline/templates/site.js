// Filters sentences, follows numbers to their sentences, searches the article list.
// The filter lives in the address ("#area=…&stance=…"), so that every number is a plain link.
"use strict";

(() => {
  const form = document.querySelector("form.filters");
  if (!form) return;
  const text = document.querySelector("[data-text]");
  const sentences = [...text.querySelectorAll("[data-s]")];
  const fields = [...form.querySelectorAll("select")];
  const output = form.querySelector("output");
  let matches = [];
  let current = -1;

  const wanted = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));

  function fits(sentence, want) {
    if (want.role && sentence.dataset.role !== want.role) return false;
    if (want.voice && sentence.dataset.voice !== want.voice) return false;
    if (!want.area && !want.stance) return true;
    const any = !want.area || want.area === "*";
    return sentence.dataset.areas.split(" ").filter(Boolean).some((pair) => {
      const cut = pair.lastIndexOf(":");
      const areaFits = any || pair.slice(0, cut) === want.area;
      return areaFits && (!want.stance || pair.slice(cut + 1) === want.stance);
    });
  }

  function apply() {
    const want = wanted();
    const active = Object.values(want).some(Boolean);
    matches = sentences.filter((sentence) => fits(sentence, want));
    current = -1;
    for (const sentence of sentences) sentence.classList.add("off");
    for (const sentence of matches) sentence.classList.remove("off");
    for (const block of text.querySelectorAll("p")) {
      block.classList.toggle("off", !block.closest("[data-s]") && !block.querySelector("[data-s]:not(.off)"));
    }
    const only = form.elements.only;
    text.classList.toggle("filtered", active);
    text.classList.toggle("only", active && (!only || only.checked));
    output.textContent = `${matches.length} / ${sentences.length} 句 sentences`;
  }

  function step(by) {
    if (!matches.length) return;
    current = (current + by + matches.length) % matches.length;
    if (current < 0) current = matches.length - 1;
    matches[current].focus({ preventScroll: true });
    matches[current].scrollIntoView({ block: "center" });
  }

  function remember() {
    const set = Object.entries(wanted()).filter(([, value]) => value);
    history.replaceState(null, "", "#" + new URLSearchParams(set));
  }

  function follow() {
    const query = new URLSearchParams(location.hash.slice(1));
    const filter = location.hash.includes("=");
    for (const field of fields) {
      field.value = (filter && query.get(field.name)) || "";
      if (field.selectedIndex < 0) field.value = "";
    }
    apply();
    if (filter) step(1);
  }

  form.addEventListener("change", () => { apply(); remember(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  for (const button of form.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link && link.hash === location.hash) follow();
  });
  window.addEventListener("hashchange", follow);
  follow();
})();

(() => {
  const search = document.querySelector("[data-search]");
  if (!search) return;
  const lines = [...document.querySelectorAll(search.dataset.search)];
  search.addEventListener("input", () => {
    const words = search.value.trim().toLowerCase();
    for (const line of lines) line.hidden = !line.textContent.toLowerCase().includes(words);
  });
})();
