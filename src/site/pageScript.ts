/** The one script of a page: it copies. Without it everything else works as it does with it. */

/**
 * What a citation has instead of a passage's own facts: the script puts these in. Characters for private use (Unicode, 23.5), so that
 * no report's title holds them by chance.
 */
export function slot(name: "section" | "page" | "place" | "passage" | "address"): string {
  return `\u{E000}${name}\u{E001}`;
}

/** The element that holds the page's citations, with {@link slot}s, as JSON. */
export const CITATIONS_ID = "citations";

/** The page's script, run at its end. */
export const PAGE_SCRIPT = `"use strict";
(() => {
  const root = document.documentElement;
  const bar = document.querySelector(".bar");
  const cite = bar.querySelector(".cite");
  const said = bar.querySelector("output");
  const forms = JSON.parse(document.getElementById("${CITATIONS_ID}").textContent);
  const pages = Array.from(document.querySelectorAll(".pg"));
  let shown;

  const factsOf = (passage) => {
    const link = passage.querySelector(".k a");
    const id = link.hash.slice(1);
    // A row's marks stand in it: it begins behind them.
    const start = passage.matches("tr") ? link : document.getElementById(id);
    const page = pages.findLast((it) => it.compareDocumentPosition(start) & 4);
    return {
      section: passage.closest("section")?.dataset.path,
      page: page?.textContent ?? "",
      place: link.textContent,
      passage: id.slice(2),
      address: location.href.split("#")[0] + "#" + id,
    };
  };
  const fill = (form, facts, write) =>
    form.replace(/\\uE000(\\w+)\\uE001/g, (_, name) => write(facts[name] ?? ""));
  const show = (passage) => {
    const facts = factsOf(passage);
    const form = forms[facts.section === undefined ? "above" : "below"];
    shown = {
      link: facts.address,
      text: fill(form.text, facts, (it) => it),
      csl: fill(form.csl, facts, (it) => JSON.stringify(it).slice(1, -1)),
    };
    cite.textContent = shown.text;
    said.textContent = "";
    bar.classList.add("on");
  };
  const copy = (what) =>
    (navigator.clipboard?.writeText(shown[what]) ?? Promise.reject()).then(
      () => (said.textContent = said.dataset.done),
      () => {
        cite.textContent = shown[what];
        getSelection().selectAllChildren(cite);
        said.textContent = said.dataset.failed;
      },
    );
  const target = () => {
    const passage = document.getElementById(location.hash.slice(1))?.closest(".s");
    if (passage) show(passage);
    else bar.classList.remove("on");
  };

  document.addEventListener("click", (event) => {
    const control = event.target.closest('.k [href^="#"], button, .clear');
    if (!control) return;
    if (control.matches(".clear")) {
      event.preventDefault();
      const top = scrollY;
      location.hash = "";
      scrollTo(0, top);
      history.replaceState(null, "", location.pathname + location.search);
      bar.classList.remove("on");
    } else if (control.matches(".k *")) {
      show(control.closest(".s"));
      copy(control.matches("a") ? "link" : "text");
    } else copy(control.dataset.copies);
  });
  addEventListener("hashchange", () => {
    if (location.href !== shown?.link) target();
  });
  root.classList.add("js");
  target();
})();
`;
