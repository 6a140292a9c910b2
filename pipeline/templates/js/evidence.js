// The sentences of one source about one area: filtered, shown a hundred at a time, the later ones
// loaded from files beside the page when they are asked for.
"use strict";

lichang.onReady(() => {
  const text = document.getElementById("text");
  const more = document.getElementById("more");
  const waiting = text.dataset.chunks.split(" ").filter(Boolean);
  const STEP = 100;
  let limit = STEP;

  lichang.chunk = (html) => {
    text.insertAdjacentHTML("beforeend", html);
    lichang.speakIn(text);
  };

  const load = () => new Promise((done) => {
    const script = lichang.el("script", { src: waiting.shift() });
    script.addEventListener("load", done);
    script.addEventListener("error", done);
    document.head.append(script);
  });
  async function complete() {
    while (waiting.length) await load();
  }

  function cut(matches) {
    text.querySelectorAll(".s").forEach((item) => { item.hidden = false; });
    matches.forEach((item, i) => { item.hidden = i >= limit; });
    more.hidden = matches.length <= limit && !waiting.length;
  }

  const filter = lichang.filter(text, {
    complete,
    applied: cut,
    show: (item) => { if (item.hidden) { limit = Infinity; filter.apply(); } },
  });
  more.addEventListener("click", async () => {
    limit += STEP;
    if (text.querySelectorAll(".s").length < limit && waiting.length) await load();
    filter.apply();
  });
});
