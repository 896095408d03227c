// Headless Chromium by the WebDriver protocol (W3C), over plain HTTP: no package needed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { createInterface } from "node:readline";

const elementKey = "element-6066-11e4-a52e-4f735466cecf";

export class Browser {
  #driver;
  #session;
  #folder;

  /** Starts a driver on a free port, and a browser. */
  static async start() {
    const browser = new Browser();
    browser.#folder = await mkdtemp(`${tmpdir()}/parley-browser-`);
    browser.#driver = spawn("chromedriver", ["--port=0"], { stdio: ["ignore", "pipe", "inherit"] });
    const port = await new Promise((resolve, reject) => {
      browser.#driver.once("error", reject);
      browser.#driver.once("exit", () => reject(new Error("chromedriver ended")));
      createInterface(browser.#driver.stdout).on("line", (line) => {
        const match = /started successfully on port (\d+)/.exec(line);
        if (match) resolve(match[1]);
      });
    });
    browser.#session = `http://127.0.0.1:${port}/session`;
    const { sessionId } = await browser.#send("POST", "", { capabilities: { alwaysMatch: {
      browserName: "chrome",
      "goog:chromeOptions": { args: [
        // Root cannot use Chromium's sandbox, and what it shows here is our own.
        "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
        "--window-size=1280,860", `--user-data-dir=${browser.#folder}`,
      ] },
      "goog:loggingPrefs": { browser: "ALL" },
      timeouts: { script: 30_000 },
    } } });
    browser.#session += `/${sessionId}`;
    return browser;
  }

  async stop() {
    await this.#send("DELETE", "").catch(() => {});
    this.#driver.kill();
    if (this.#driver.exitCode === null) await once(this.#driver, "exit");
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #send(method, path, body) {
    const response = await fetch(this.#session + path, {
      method, body: body && JSON.stringify(body), headers: { "Content-Type": "application/json" },
    });
    const { value } = await response.json();
    if (!response.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  }

  open(url) {
    return this.#send("POST", "/url", { url });
  }

  reload() {
    return this.#send("POST", "/refresh", {});
  }

  /** Runs `script` (a function's body) in the page and returns its value. */
  run(script) {
    return this.#send("POST", "/execute/sync", { script, args: [] });
  }

  /** Waits until an expression is true in the page: looks at every change of the document. */
  async until(expression) {
    const isTrue = await this.#send("POST", "/execute/async", { args: [], script: `
      const done = arguments[arguments.length - 1];
      const isTrue = () => { try { return Boolean(${expression}); } catch { return false; } };
      if (isTrue()) return done(true);
      const observer = new MutationObserver(() => { if (isTrue()) finish(true); });
      const timer = setTimeout(() => finish(false), 20000);
      function finish(value) { observer.disconnect(); clearTimeout(timer); done(value); }
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    ` });
    if (!isTrue) throw new Error(`It never came to ${expression}; the page shows:\n${await this.run("return document.body.innerText")}`);
  }

  async #element(selector) {
    const element = await this.#send("POST", "/element", { using: "css selector", value: selector });
    return element[elementKey];
  }

  async click(selector) {
    await this.#send("POST", `/element/${await this.#element(selector)}/click`, {});
  }

  /** Types as a person does; "\uE007" is Enter, "\uE004" is Tab. */
  async type(selector, text) {
    await this.#send("POST", `/element/${await this.#element(selector)}/value`, { text });
  }

  /** Clicks what asks for a text, and gives one. */
  async answer(selector, text) {
    await this.click(selector);
    await this.#send("POST", "/alert/text", { text });
    await this.#send("POST", "/alert/accept", {});
  }

  async press(key) {
    await this.#send("POST", "/actions", { actions: [{ type: "key", id: "keys", actions: [
      { type: "keyDown", value: key }, { type: "keyUp", value: key },
    ] }] });
  }

  text(selector) {
    return this.run(`return document.querySelector(${JSON.stringify(selector)})?.innerText ?? null`);
  }

  async screenshot(path) {
    await writeFile(path, Buffer.from(await this.#send("GET", "/screenshot"), "base64"));
  }

  /** Lets the page think that its reader prefers a colour scheme and has a screen of this width. */
  async pretend({ scheme = "light", width = 1280, height = 860 }) {
    const cdp = (cmd, params) => this.#send("POST", "/goog/cdp/execute", { cmd, params });
    await cdp("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
    await cdp("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 500 });
  }

  /** What the page's console took for errors since the last call, answers with an error status aside. */
  async errors() {
    const entries = await this.#send("POST", "/se/log", { type: "browser" });
    return entries.filter((entry) => entry.level === "SEVERE" && !entry.message.includes("Failed to load resource"))
      .map((entry) => entry.message);
  }
}
