// What the browser does by itself: follow our own links without loading the page anew, "/" for
// the search box, the passage scrolled to, and copying with the citation. Text is only ever
// set as text, never as markup.
const TOAST_MS = 2600;

export default function (component) {
  const { data } = component;
  if (!window.onpointListens) {
    window.onpointListens = true;
    document.addEventListener("click", leave);
    document.addEventListener("click", followLink);
    document.addEventListener("click", act);
    document.addEventListener("keydown", focusSearch);
    document.addEventListener("selectionchange", offerCopy);
    document.addEventListener("mouseover", offerLink);
  }
  scrollTo(data && data.scroll);
}

function followLink(event) {
  const link = event.target.closest && event.target.closest(".stHtml a[href^='/']");
  if (!link || event.defaultPrevented || event.button !== 0) return;
  // Signing in and out and files are the server's own: the browser goes there by itself.
  if (/\/(sign-in|sign-out|password|file)$/.test(link.pathname)) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState({}, "", link.getAttribute("href"));
  window.dispatchEvent(new PopStateEvent("popstate"));
  const main = document.querySelector('[data-testid="stMain"]');
  if (main) main.scrollTop = 0;
}

function focusSearch(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = document.activeElement;
  if (at && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName))) return;
  const box = document.querySelector(".st-key-q input, .st-key-ask_q textarea, .st-key-ask_q input");
  if (box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
}

// The text may arrive after this component does: look for a while, then leave it.
function scrollTo(id) {
  if (!id || window.onpointScrolled === location.href) return;
  const until = Date.now() + 8000;
  const look = () => {
    const place = document.getElementById(id);
    if (place) {
      window.onpointScrolled = location.href;
      document.querySelectorAll(".here").forEach((old) => old.classList.remove("here"));
      place.classList.add("here");
      hold(place);
    } else if (Date.now() < until) requestAnimationFrame(look);
  };
  look();
}

// Keeps a place in view while the page around it is still being laid out, until the reader moves.
function hold(place) {
  const until = Date.now() + 2000;
  let moved = false;
  const stop = () => { moved = true; };
  for (const kind of ["wheel", "touchstart", "mousedown", "keydown"]) {
    addEventListener(kind, stop, { once: true, passive: true });
  }
  const look = () => {
    if (moved || Date.now() > until || !place.isConnected) return;
    const box = place.getBoundingClientRect();
    if (box.top < 0 || box.top > innerHeight * 0.7) place.scrollIntoView({ block: "center" });
    setTimeout(look, 80);
  };
  place.scrollIntoView({ block: "center" });
  look();
}

// A paragraph under the pointer offers a link to itself.
function offerLink(event) {
  const paragraph = event.target.closest && event.target.closest(".op p[id]");
  if (!paragraph || paragraph.querySelector(":scope > .para")) return;
  document.querySelectorAll(".op .para").forEach((old) => old.remove());
  const [, opinion, start] = paragraph.id.split("-");
  const link = document.createElement("a");
  const asked = new URLSearchParams({ case: paragraph.closest(".op").dataset.case, at: opinion + "." + start });
  link.className = "para";
  link.textContent = "¶";
  link.title = "Link to this paragraph";
  link.href = location.pathname + "?" + asked;
  paragraph.prepend(link);
}

// Signing out in one click: the form of its page is sent at once. Without this the page itself opens.
async function leave(event) {
  const link = event.target.closest && event.target.closest(".stHtml a[data-leave]");
  if (!link || event.defaultPrevented || event.button !== 0) return;
  event.preventDefault();
  const page = await fetch(link.href).then((answer) => answer.text()).catch(() => "");
  const form = new DOMParser().parseFromString(page, "text/html").querySelector("form");
  if (!form) return location.assign(link.href);
  form.hidden = true;
  document.body.appendChild(document.adoptNode(form));
  form.submit();
}

function act(event) {
  const button = event.target.closest && event.target.closest("[data-act]");
  if (!button) return;
  const found = document.querySelector(".reading mark");
  if (button.dataset.act === "print") window.print();
  if (button.dataset.act === "cite") copy("", document.querySelector(".op"), null);
  if (button.dataset.act === "words") copyWords(button.dataset.words);
  if (button.dataset.act === "found" && found) {
    const range = document.createRange();
    const marks = document.querySelectorAll(".reading mark");
    range.setStartBefore(marks[0]);
    range.setEndAfter(marks[marks.length - 1]);
    copyRange(range);
  }
}

function selected() {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  return opinionOf(range.startContainer) && selection.toString().trim() ? range : null;
}

function opinionOf(node) {
  const element = node.nodeType === 1 ? node : node.parentElement;
  return element && element.closest(".op");
}

function offerCopy() {
  const old = document.getElementById("onpoint-copy");
  const range = selected();
  if (!range) return old && old.remove();
  const button = old || document.createElement("button");
  button.id = "onpoint-copy";
  button.type = "button";
  button.textContent = "Copy with citation";
  button.onmousedown = (event) => event.preventDefault();
  button.onclick = () => { const now = selected(); if (now) copyRange(now); };
  const box = range.getBoundingClientRect();
  button.style.left = Math.max(8, Math.min(innerWidth - 190, box.left + box.width / 2 - 80)) + "px";
  button.style.top = Math.max(8, box.top > 48 ? box.top - 42 : Math.min(innerHeight - 48, box.bottom + 10)) + "px";
  if (!old) document.body.appendChild(button);
}

function copyRange(range) {
  const opinion = opinionOf(range.startContainer);
  const ending = opinionOf(range.endContainer) === opinion ? range : null;
  copy(wordsOf(range), opinion, range, ending);
}

function wordsOf(range) {
  const piece = range.cloneContents();
  piece.querySelectorAll(".page, .para").forEach((label) => label.remove());
  const blocks = [...piece.querySelectorAll("p")];
  const texts = blocks.length ? blocks.map((block) => block.textContent) : [piece.textContent];
  return texts.map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean).join("\n\n");
}

// Where the words of a selection begin: behind a page label that stands at its very start.
function firstWords(opinion, range) {
  const texts = document.createTreeWalker(opinion, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const label = node.parentElement.closest(".page, .para");
    if (!label && node.data.trim() && range.comparePoint(node, node.length) >= 0) {
      return range.startContainer === node ? [node, range.startOffset] : [node, 0];
    }
  }
  return [range.startContainer, range.startOffset];
}

// The page on which a point stands: the last label before it in the same opinion.
function pageAt(opinion, node, offset) {
  let label = "";
  for (const page of opinion.querySelectorAll("a.page")) {
    const point = document.createRange();
    point.setStart(node, offset);
    if (point.comparePoint(page, 0) > 0) break;
    label = page.dataset.page;
  }
  return label;
}

async function copy(words, opinion, range, ending) {
  if (!opinion) return;
  const asked = new URLSearchParams({ case: opinion.dataset.case, opinion: opinion.dataset.opinion });
  if (range) {
    const [node, offset] = firstWords(opinion, range);
    asked.set("first", pageAt(opinion, node, offset));
    if (ending) asked.set("last", pageAt(opinion, range.endContainer, range.endOffset));
  }
  try {
    const answer = await fetch(opinion.dataset.cite + "?" + asked);
    if (!answer.ok) throw new Error(String(answer.status));
    const { citation } = await answer.json();
    await toClipboard(words ? quoted(words, citation) : citation);
    say("Copied: " + citation);
  } catch {
    say("Nothing was copied: the library does not answer. Try again in a moment.");
  }
}

async function copyWords(words) {
  try {
    await toClipboard(words);
    say("Copied: " + (words.length > 160 ? words.slice(0, 150) + " …" : words));
  } catch {
    say("Nothing was copied: the browser does not allow it.");
  }
}

// Fifty words or more are set off as a block, without quotation marks (Bluebook rule 5.1).
function quoted(words, citation) {
  if (words.split(/\s+/).length >= 50) return words + "\n\n" + citation + ".";
  const inner = words.replace(/“/g, "‘").replace(/”/g, "’").replace(/"([^"]*)"/g, "‘$1’");
  return "“" + inner + "” " + citation + ".";
}

async function toClipboard(text) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  document.body.appendChild(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("the browser refused the clipboard");
}

function say(words) {
  const old = document.getElementById("onpoint-said");
  if (old) old.remove();
  const note = document.createElement("div");
  note.id = "onpoint-said";
  note.setAttribute("role", "status");
  note.textContent = words;
  document.body.appendChild(note);
  setTimeout(() => note.remove(), TOAST_MS);
}
