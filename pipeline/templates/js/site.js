// What every page has: the language switch, the voice switch, files to save.
// Runs in the head, so that the language is right before anything is drawn.
"use strict";

const lichang = (() => {
  const root = document.documentElement;
  const ready = [];
  const spoken = [];

  const store = {
    get(key) { try { return localStorage.getItem(`lichang.${key}`); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(`lichang.${key}`, value); } catch { /* private */ } },
  };

  const english = () => root.dataset.lang === "en";
  const t = (zh, en) => (english() ? en : zh);
  const data = (id) => JSON.parse(document.getElementById(id)?.textContent || "{}");

  /** An element with attributes and children; text is always text. */
  function el(name, attributes, ...children) {
    const made = name.startsWith("svg:")
      ? document.createElementNS("http://www.w3.org/2000/svg", name.slice(4))
      : document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
    }
    made.append(...children.flat().filter((child) => child !== null && child !== ""));
    return made;
  }

  const signed = (value) => {
    const text = Math.abs(value).toFixed(2);
    if (Number(text) === 0) return "0.00";
    return (value < 0 ? "−" : "+") + text;
  };
  const percent = (share) => (share > 0 && share < 0.01 ? "<1%" : `${Math.round(100 * share)}%`);
  const shown = (text) => text.replaceAll("\0", "\uFFFD");

  let words = {};
  const word = (key) => (words[key] ? words[key][english() ? 1 : 0] : key);

  /** Show a part of the page in the chosen language: words of the list, options, labels. */
  function speakIn(part) {
    for (const at of part.querySelectorAll("[data-w]")) at.textContent = word(at.dataset.w);
    for (const at of part.querySelectorAll("[data-en]")) {
      at.dataset.zh ??= at.textContent;
      at.textContent = t(at.dataset.zh, at.dataset.en);
    }
    for (const at of part.querySelectorAll("[data-en-label]")) {
      at.dataset.zhLabel ??= at.getAttribute("aria-label");
      at.setAttribute("aria-label", t(at.dataset.zhLabel, at.dataset.enLabel));
    }
  }

  function speak() {
    root.lang = english() ? "en" : "zh-Hans";
    speakIn(document);
    const button = document.getElementById("language");
    button.textContent = t("English", "中文");
    button.lang = t("en", "zh");
    button.setAttribute("aria-label", t("Show in English", "用中文显示"));
    for (const then of spoken) then();
  }

  function save(name, type, text) {
    const url = URL.createObjectURL(new Blob([text], { type }));
    el("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 1000);
  }

  /** What is asked for in the address after "#". */
  const asked = () => new URLSearchParams(location.hash.includes("=") ? location.hash.slice(1) : "");

  const scope = () => document.querySelector("[name=scope]:checked")?.value || "all";
  function onScope(then) {
    document.addEventListener("change", (event) => { if (event.target.name === "scope") then(); });
  }

  root.classList.add("js");
  root.dataset.lang = (new URLSearchParams(location.search).get("lang") ?? store.get("lang")) === "en" ? "en" : "zh";

  document.addEventListener("DOMContentLoaded", () => {
    words = data("words");
    document.getElementById("language").addEventListener("click", () => {
      root.dataset.lang = english() ? "zh" : "en";
      store.set("lang", root.dataset.lang);
      speak();
    });
    // Where nothing can be stored, the address carries the language on.
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href]");
      if (link && english() && store.get("lang") !== "en" && !link.getAttribute("href").startsWith("#")
        && link.protocol === location.protocol && link.pathname.endsWith(".html")) link.search = "?lang=en";
    });
    const wanted = document.getElementById(`scope-${asked().get("scope") || store.get("scope")}`);
    if (wanted) wanted.checked = true;
    onScope(() => store.set("scope", scope()));
    for (const then of ready) then();
    speak();
  });

  return {
    asked, data, el, english, onScope, percent, save, scope, shown, signed, speakIn, t, word,
    onReady: (then) => ready.push(then),
    onSpoken: (then) => spoken.push(then),
  };
})();
