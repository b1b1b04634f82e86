// The place where files are dropped: each is sent on its own, a few at a time, straight from the
// disk, and what became of it is said here. What was accepted stays, whatever happens then.
const AT_ONCE = 3;
const TELL_MS = 1500;
const queue = { waiting: [], sending: 0, taken: 0, held: 0, total: 0, refused: [], tell: () => {}, draw: () => {}, told: 0 };

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const find = (name) => parentElement.querySelector(name);
  const zone = find(".drop"), input = find("input");
  const give = (files) => { add(files, data.to); };
  input.onchange = () => { give([...input.files]); input.value = ""; };
  zone.onclick = (event) => { if (event.target.closest(".drop-pick")) input.click(); };
  find(".drop-stop").onclick = stop;
  find(".drop-again").onclick = () => {
    const again = queue.refused.filter((one) => one.lost);
    queue.refused = queue.refused.filter((one) => !one.lost);
    queue.total -= again.length;
    again.forEach((one) => add([one.file], one.to));
  };
  // A file that misses the place must not be opened by the browser instead of this page.
  document.ondragover = (event) => { event.preventDefault(); if (zone.isConnected) zone.classList.add("over"); };
  document.ondragleave = (event) => { if (!event.relatedTarget) zone.classList.remove("over"); };
  document.ondrop = async (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    if (zone.isConnected) give(await dropped(event.dataTransfer));
  };
  queue.draw = () => { if (zone.isConnected) draw(parentElement); };
  queue.tell = () => { if (zone.isConnected) setTriggerValue("taken", queue.taken); };
  queue.draw();
}

// The files of what was dropped, and those in its folders.
async function dropped(data) {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return [...data.files];
  return (await Promise.all(entries.map(inside))).flat();
}

async function inside(entry) {
  if (entry.isFile) return [await new Promise((got, failed) => entry.file(got, failed))];
  const reader = entry.createReader(), found = [];
  for (;;) {
    const some = await new Promise((got, failed) => reader.readEntries(got, failed));
    if (!some.length) return (await Promise.all(found.map(inside))).flat();
    found.push(...some);
  }
}

function add(files, to) {
  if (!queue.sending && !queue.waiting.length) Object.assign(queue, { taken: 0, held: 0, total: 0, refused: [] });
  queue.total += files.length;
  queue.waiting.push(...files.map((file) => ({ file, to })));
  addEventListener("beforeunload", stay);
  while (queue.sending < AT_ONCE && queue.waiting.length) next();
  queue.draw();
}

async function next() {
  const one = queue.waiting.shift();
  if (!one) return ended();
  queue.sending += 1;
  try {
    if (await send(one)) queue.held += 1;
    queue.taken += 1;
  } catch (fault) {
    queue.refused.push({ ...one, why: fault.message, lost: fault.lost });
  }
  queue.sending -= 1;
  queue.draw();
  if (Date.now() - queue.told > TELL_MS) { queue.told = Date.now(); queue.tell(); }
  next();
}

// The name goes in a header: addresses are written into logs.
async function send({ file, to }) {
  let answer;
  try {
    const headers = { "Content-Type": "application/octet-stream", "X-File-Name": encodeURIComponent(file.name) };
    answer = await fetch(to, { method: "POST", body: file, headers });
  } catch {
    throw Object.assign(new Error("the connection broke"), { lost: true });
  }
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw Object.assign(new Error(said.error || "the server did not take it"), { lost: answer.status >= 500 });
  }
  return said.held;
}

function ended() {
  if (queue.sending || queue.waiting.length) return;
  removeEventListener("beforeunload", stay);
  queue.draw();
  queue.tell();
}

function known() {
  return queue.held ? ", " + queue.held + " of them here already" : "";
}

function stop() {
  queue.total -= queue.waiting.length;
  queue.waiting = [];
  queue.draw();
}

function stay(event) { event.preventDefault(); }

function draw(place) {
  const find = (name) => place.querySelector(name);
  const busy = queue.sending + queue.waiting.length > 0;
  const ended = queue.taken + queue.refused.length;
  find(".drop-far").hidden = !busy;
  find(".drop-far i").style.width = (100 * ended) / Math.max(1, queue.total) + "%";
  find(".drop-stop").hidden = !queue.waiting.length;
  find(".drop-again").hidden = busy || !queue.refused.some((one) => one.lost);
  find(".drop-said").textContent = !queue.total ? "" : busy
    ? "Sending: " + queue.taken + " of " + queue.total + " accepted …"
    : (queue.taken === 1 ? "1 file accepted" : queue.taken + " files accepted") + known() + ".";
  const lines = queue.refused.map((one) => {
    const line = document.createElement("li");
    line.textContent = "✕ " + one.file.name + ": " + one.why;
    return line;
  });
  find(".drop-refused").replaceChildren(...lines);
}
