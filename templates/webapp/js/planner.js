/* The page's side of the worker: questions with answers, progress, and a fresh worker when one has died. */

export class Planner {
  constructor(tell) {
    this.tell = tell;
    this.waiting = new Map();
    this.next = 1;
    this.restarted = false;
    this.table = null; // what a fresh worker has to be given again
    this.start();
  }

  start() {
    this.isReady = false;
    this.stopped = null;
    this.ready = new Promise((resolve) => { this.nowReady = resolve; });
    this.total = 0;
    this.worker = new Worker(new URL("../worker.js", import.meta.url), { type: "module" });
    this.worker.onmessage = ({ data }) => this.heard(data);
    this.worker.onerror = (event) => { event.preventDefault(); this.died({ kind: "worker", lines: [], network: true }); };
    if (this.table) this.ask("table", this.table.mark, this.table.name, this.table.bytes).catch(() => { /* what waits for it tells */ });
  }

  heard(data) {
    if (data.type === "answer") {
      const asked = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (!asked) return;
      if (data.fault && /memory|RangeError|RuntimeError|internal/i.test(data.fault.kind)) return void this.died(data.fault, asked);
      if (data.fault) asked.reject(Object.assign(new Error(data.fault.kind), { fault: data.fault }));
      else asked.resolve(data.result);
      return;
    }
    if (data.type === "total") this.total = data.total;
    if (data.type === "ready") { this.isReady = true; this.nowReady(); }
    if (data.type === "failed") return void this.died(data.fault);
    this.tell({ ...data, total: this.total });
  }

  /* Once a worker that died is started anew, and what was asked is asked again; then the page tells. */
  died(fault, asked) {
    this.worker.terminate();
    const open = [...this.waiting.values(), ...(asked ? [asked] : [])];
    this.waiting.clear();
    if (!this.restarted && !fault.network) {
      this.restarted = true;
      this.start();
      for (const each of open) this.send(each);
      return;
    }
    this.isReady = false;
    this.stopped = fault;
    for (const each of open) each.reject(Object.assign(new Error(fault.kind), { fault }));
    this.tell({ type: "failed", fault });
  }

  again() { this.worker.terminate(); this.restarted = false; this.start(); }

  send(asked) {
    if (this.stopped) return void asked.reject(Object.assign(new Error(this.stopped.kind), { fault: this.stopped })); // nobody would answer
    const id = this.next++;
    this.waiting.set(id, asked);
    this.worker.postMessage({ id, name: asked.name, args: asked.args });
  }

  /* Hands over the reader's table of programs. What it comes to, or why it cannot be read. */
  async bring(name, bytes) {
    const mark = crypto.randomUUID(), found = JSON.parse(await this.ask("table", mark, name, bytes));
    if (!found.fault) this.table = { mark, name, bytes, ...found };
    return found;
  }

  ask(name, ...args) { return new Promise((resolve, reject) => this.send({ name, args, resolve, reject })); }
}
