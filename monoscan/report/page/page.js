"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const dialog = document.getElementById("cell");
const body = document.getElementById("cell-body");

function element(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function save(name) {
  const link = element("a", "", {
    href: URL.createObjectURL(new Blob([data.certificates[name]], {type: "application/json"})),
    download: name.split("/").pop(),
  });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function verdict(one) {
  const part = element("section");
  part.append(element("h3", one.arithmetic));
  const line = element("p");
  line.append(element("span", one.said, {class: "tag " + one.kind}), " ", one.firm);
  part.append(line, element("p", one.reason));
  for (const [name, said] of one.certificates) {
    const row = element("p", "");
    if (name in data.certificates) {
      const button = element("button", "Download certificate", {type: "button", class: "plain"});
      button.addEventListener("click", () => save(name));
      row.append(button);
    }
    row.append(name + ": " + said);
    part.append(row);
  }
  return part;
}

function trained(cell) {
  const part = element("section");
  part.append(element("h3", "Trained networks"));
  if (!cell.trained.length) {
    part.append(element("p", "None is stored: monoscan sweep trains some.", {class: "note"}));
    return part;
  }
  const table = element("table");
  const head = element("tr");
  for (const title of ["seed", "random words right", "shortest failing word", "ending"]) {
    head.append(element("th", title, {scope: "col"}));
  }
  table.append(head);
  for (const run of cell.trained) {
    const row = element("tr");
    for (const text of [String(run.seed), run.right, run.failing, run.ending]) row.append(element("td", text));
    table.append(row);
  }
  part.append(table);
  if (cell.figure) part.insertAdjacentHTML("beforeend", cell.figure);
  return part;
}

function show(row, place) {
  const cell = data.rows[row].cells[place];
  const [name, transitions] = data.columns[place];
  body.replaceChildren(
    element("h2", data.rows[row].name + ": " + name, {id: "cell-title", tabindex: "-1"}),
    element("p", "transitions " + transitions, {class: "note"}),
    ...cell.verdicts.map(verdict),
    trained(cell),
  );
  const bar = element("div", "", {class: "bar"});
  const close = element("button", "Close", {type: "button", class: "plain"});
  close.addEventListener("click", () => dialog.close());
  bar.append(close);
  body.append(bar);
  dialog.showModal();
  document.getElementById("cell-title").focus();
  dialog.scrollTop = 0;
}

document.getElementById("answers").addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button) show(Number(button.dataset.row), Number(button.dataset.cell));
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});

const byLanguage = document.getElementById("by-language");
const byClass = document.getElementById("by-class");
const byProperty = document.getElementById("by-property");

function filter() {
  let left = 0;
  for (const row of document.querySelectorAll("#answers tbody tr")) {
    const named = row.dataset.name.toLowerCase().includes(byLanguage.value.trim().toLowerCase());
    const has = !byProperty.value || row.dataset.properties.split(" ").includes(byProperty.value);
    row.hidden = !(named && has);
    left += !row.hidden;
    for (const article of document.querySelectorAll("article")) {
      if (article.dataset.name === row.dataset.name) article.hidden = row.hidden;
    }
  }
  const wanted = byClass.value.trim().toLowerCase();
  const hidden = data.columns.map(([name]) => !name.toLowerCase().includes(wanted));
  for (const cell of document.querySelectorAll("[data-column]")) cell.hidden = hidden[cell.dataset.column];
  document.getElementById("none").hidden = left > 0;
}
for (const field of [byLanguage, byClass, byProperty]) field.addEventListener("input", filter);
document.querySelector(".filters").addEventListener("submit", (event) => event.preventDefault());
