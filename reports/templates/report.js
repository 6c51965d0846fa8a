"use strict";
// Sorting and filtering of the index, and everything unfolded for print. The report is whole without it.
(function () {
  const key = (row, at) => row.cells[at].dataset.sort || row.cells[at].textContent.trim();
  const compare = (a, b) => {
    const x = Number(a), y = Number(b);
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b, "en") : x - y;
  };
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const body = table.tBodies[0];
    table.querySelectorAll("thead th").forEach((head, at) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = head.textContent;
      head.textContent = "";
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        table.querySelectorAll("thead th").forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].sort((a, b) => compare(key(a, at), key(b, at)));
        body.append(...(down ? rows.reverse() : rows));
      });
    });
  }
  for (const form of document.querySelectorAll("form[data-filter]")) {
    const table = document.getElementById(form.dataset.filter);
    const shown = form.querySelector("output");
    form.hidden = false;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => {
      const words = form.elements.words.value.toLowerCase();
      const grade = form.elements.grade.value, kind = form.elements.kind.value;
      let count = 0;
      for (const row of table.tBodies[0].rows) {
        const data = row.dataset;
        row.hidden = !(row.textContent.toLowerCase().includes(words)
          && (!grade || data.grade === grade) && (!kind || data.kind === kind));
        count += row.hidden ? 0 : 1;
      }
      shown.textContent = count + " shown";
    });
  }
  window.addEventListener("beforeprint", () => {
    for (const each of document.querySelectorAll("details")) { each.open = true; }
  });
})();
