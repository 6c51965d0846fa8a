"use strict";
// The list of documents: parts of it are scripts beside the page, loaded when they are needed.
(function () {
  const root = document.getElementById("list");
  const setting = root.dataset, parts = Number(setting.parts), total = Number(setting.total);
  const kinds = setting.kinds.split(" "), size = 100;
  const body = document.querySelector("#documents tbody"), form = document.getElementById("filter");
  const said = document.getElementById("said"), bar = document.getElementById("loading");
  const back = document.getElementById("back"), on = document.getElementById("on");
  const loaded = new Array(parts), waiting = new Map();
  let page = 0, sort = null, down = false, shown = null;

  window.portfolioPart = (number, rows) => { loaded[number - 1] = rows; };

  function load(number) {
    if (loaded[number]) { return Promise.resolve(); }
    if (!waiting.has(number)) {
      waiting.set(number, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.src = setting.folder + "/part-" + String(number + 1).padStart(4, "0") + ".js";
        script.onload = () => { script.remove(); loaded[number] ? done() : failed(new Error(script.src)); };
        script.onerror = () => { waiting.delete(number); failed(new Error(script.src)); };
        document.head.append(script);
      }));
    }
    return waiting.get(number);
  }

  async function all() {
    bar.hidden = false;
    for (let number = 0; number < parts; number += 1) {
      await load(number);
      bar.value = (number + 1) / parts;
    }
    bar.hidden = true;
  }

  const wanted = () => {
    const fields = form.elements;
    return { words: fields.words.value.trim().toLowerCase(), grade: fields.grade.value, kind: fields.kind.value, rule: fields.rule.value };
  };

  function filtered() {
    const want = wanted(), kind = kinds.indexOf(want.kind), rule = want.rule === "" ? -1 : Number(want.rule);
    const rows = [];
    for (const part of loaded) {
      for (const row of part) {
        if ((!want.grade || (row[2] || "none") === want.grade) && (kind < 0 || row[1] === kind)
          && (rule < 0 || row[10].includes(rule)) && (!want.words || row[0].toLowerCase().includes(want.words))) { rows.push(row); }
      }
    }
    if (sort !== null) {
      const sign = down ? -1 : 1;
      rows.sort((a, b) => {
        const x = a[sort], y = b[sort];
        if (x === null || y === null) { return x === y ? 0 : x === null ? 1 : -1; }
        return sign * (typeof x === "string" ? (x < y ? -1 : x > y ? 1 : 0) : x - y);
      });
    }
    return rows;
  }

  const plain = () => sort === null && Object.values(wanted()).every((value) => value === "");
  const number = (value, digits, unit) => value === null ? "–" : value.toFixed(digits) + (unit || "");

  function cell(row, text, head) {
    const made = document.createElement(head ? "th" : "td");
    made.textContent = text;
    if (head) { made.scope = "row"; } else if (row.children.length > 2) { made.className = "num"; }
    row.append(made);
  }

  function draw(rows, count) {
    body.replaceChildren(...rows.map((row) => {
      const made = document.createElement("tr");
      cell(made, row[0], true);
      cell(made, kinds[row[1]].replace("-", " "));
      cell(made, row[2] || "–");
      cell(made, number(row[3], 1));
      cell(made, number(row[4], 0, " %"));
      cell(made, number(row[5], 0, " %"));
      cell(made, String(row[6]));
      cell(made, String(row[7]));
      cell(made, row[8] === null ? "–" : (100 * row[8]).toFixed(1) + " %");
      cell(made, number(row[9], 0));
      return made;
    }));
    const first = page * size;
    said.textContent = count ? (first + 1).toLocaleString("en") + " to " + Math.min(first + size, count).toLocaleString("en") + " of " + count.toLocaleString("en") : "no document fits";
    back.disabled = page === 0;
    on.disabled = first + size >= count;
  }

  async function show() {
    try {
      if (plain()) {
        const per = Number(setting.per), first = page * size;
        const part = Math.floor(first / per);
        if (parts) { await load(part); }
        draw(parts ? loaded[part].slice(first - part * per, first - part * per + size) : [], total);
      } else {
        if (shown === null) { await all(); shown = filtered(); }
        draw(shown.slice(page * size, page * size + size), shown.length);
      }
    } catch (error) {
      said.textContent = "A part of the list is missing: keep the folder " + setting.folder + " beside this page.";
    }
  }

  const changed = () => { page = 0; shown = null; show(); };
  let pause = 0;
  form.hidden = false;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(changed, 120); });
  back.addEventListener("click", () => { page -= 1; show(); });
  on.addEventListener("click", () => { page += 1; show(); });
  const heads = document.querySelectorAll("#documents thead th");
  heads.forEach((head) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const at = Number(head.dataset.at);
      down = sort === at ? !down : false;
      sort = at;
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      changed();
    });
  });
  for (const button of document.querySelectorAll("button[data-rule]")) {
    button.disabled = false;
    button.addEventListener("click", () => {
      form.reset();
      form.elements.rule.value = button.dataset.rule;
      changed();
      document.getElementById("all").scrollIntoView();
    });
  }
  show();
})();
