// Runs the checks: Python inside the browser, in a worker of its own, so that the page never hangs and can stop it.
import { FILES } from "./files.js";
import { loadPyodide } from "./pyodide.mjs";

const here = new URL(".", import.meta.url).href;
const fetched = self.fetch.bind(self);
let python = null;
let desk = null;
let mounted = [];

async function begin() {
  const total = FILES.reduce((sum, file) => sum + file.size, 0);
  let done = 0;
  const tell = (bytes) => postMessage({ loaded: (done += bytes), total });
  const contents = Object.fromEntries(
    await Promise.all(FILES.map(async ({ name }) => [name, await download(name, tell)])),
  );
  postMessage({ starting: true });
  self.fetch = async (address) => fromMemory(String(address.url || address), contents);
  python = await loadPyodide({
    indexURL: here,
    lockFileContents: { info: { abi_version: "2026_0", arch: "wasm32", platform: "emscripten", python: "3.14" }, packages: {} },
    stdout: () => {},
    stderr: () => {},
  });
  for (const name of Object.keys(contents)) {
    if (name.endsWith(".whl")) python.unpackArchive(contents[name], "wheel");
  }
  const extractDir = python.runPython("__import__('sysconfig').get_path('purelib')");
  python.unpackArchive(contents["keystage.zip"], "zip", { extractDir });
  disarm();
  python.runPython("import keystage.offline.desk as _desk, keystage.offline.example as _example");
  desk = python.runPython("_desk.Desk()");
  const about = JSON.parse(python.runPython("_desk.about_us()"));
  postMessage({ ready: { ...about, python: python.runPython("__import__('platform').python_version()") } });
}

async function download(name, tell) {
  const response = await fetched(here + name);
  if (!response.ok) throw new Error(`${name}: ${response.status}`);
  const parts = [];
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    tell(value.byteLength);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

// What Python's loader asks for is in memory already; anything else is refused.
function fromMemory(address, contents) {
  if (address === `${here}pyodide.asm.wasm`) {
    const unpacked = new Blob([contents["python.bin"]]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Response(unpacked, { headers: { "Content-Type": "application/wasm" } });
  }
  if (address === `${here}python_stdlib.zip`) return new Response(contents["python_stdlib.zip"]);
  throw new TypeError(`${address} is not a part of the checks`);
}

// From here on nothing can be sent, whatever happens: the means are taken away.
function disarm() {
  const refused = function () {
    throw new TypeError("Nothing is sent from here.");
  };
  const means = ["fetch", "XMLHttpRequest", "WebSocket", "WebSocketStream", "EventSource", "WebTransport"];
  for (const name of [...means, "importScripts", "Worker", "BroadcastChannel", "RTCPeerConnection"]) {
    Object.defineProperty(self, name, { value: refused, configurable: false, writable: false });
  }
}

// A file is not copied: Python reads it where it lies, and never more of it than it wants.
function mount(file) {
  const folder = `/desk/${mounted.length}`;
  python.FS.mkdirTree(folder);
  const name = file.name.replaceAll("/", "_");
  python.FS.mount(python.FS.filesystems.WORKERFS, { blobs: [{ name, data: file }] }, folder);
  mounted.push(folder);
  return `${folder}/${name}`;
}

function clear() {
  for (const folder of mounted) python.FS.unmount(folder);
  mounted = [];
}

const ACTIONS = {
  begin({ year, register, previous }) {
    clear();
    const asked = { year, register: register && mount(register), previous: previous && mount(previous) };
    return JSON.parse(desk.begin(JSON.stringify(asked)));
  },
  check({ file }) {
    const path = mount(file);
    return { path, ...JSON.parse(desk.check(path)) };
  },
  repairs: ({ path }) => JSON.parse(desk.repairs(path)),
  repaired: ({ path, chosen }) => named(desk.repaired(path, JSON.stringify(chosen))),
  saved: ({ form }) => named(desk.saved(form)),
  example() {
    const paths = JSON.parse(python.runPython("_example.lay_out('/example')"));
    return Object.fromEntries(
      Object.entries(paths).map(([kind, path]) => [kind, new File([python.FS.readFile(path)], path.split("/").pop())]),
    );
  },
};

function named(answer) {
  const [name, bytes] = answer.toJs();
  answer.destroy();
  return { name, bytes };
}

function inWords(fault) {
  if (fault?.name !== "PythonError" && fault?.constructor?.name !== "PythonError") return null;
  try {
    return python.runPython("import sys; _desk.fault_in_words(sys.last_exc)");
  } catch {
    return null;
  }
}

self.onmessage = ({ data }) => {
  try {
    postMessage({ id: data.id, value: ACTIONS[data.action](data) });
  } catch (fault) {
    const words = inWords(fault);
    postMessage({ id: data.id, fault: words || `Something went wrong inside Keystage (${fault}).`, isFatal: words === null });
  }
};

begin().catch((fault) => postMessage({ failed: String(fault) }));
