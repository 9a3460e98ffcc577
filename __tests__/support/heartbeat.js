/**
 * A jest reporter: while tests run, a line at least every half minute says which files do, how many tests of each are done and
 * which was the last, with or without a terminal.
 */
const EVERY_MS = 20_000;

module.exports = class Heartbeat {
  #running = new Map();
  #timer;

  onRunStart() {
    this.#timer = setInterval(() => {
      for (const [file, { done, last }] of this.#running) {
        process.stderr.write(`… ${file}: ${done} tests done${last ? `, the last: ${last}` : ""}\n`);
      }
    }, EVERY_MS);
  }

  onTestFileStart({ path, context }) {
    this.#running.set(this.#name(path, context), { done: 0 });
  }

  onTestCaseResult({ path, context }, { title }) {
    const name = this.#name(path, context);
    this.#running.set(name, { done: (this.#running.get(name)?.done ?? 0) + 1, last: title });
  }

  onTestFileResult({ path, context }) {
    this.#running.delete(this.#name(path, context));
  }

  onRunComplete() {
    clearInterval(this.#timer);
  }

  #name(path, { config }) {
    return path.replace(`${config.rootDir}/__tests__/`, "");
  }
};
