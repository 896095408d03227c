// A streamed answer on the page: it comes word by word, goes on after a reload, and is stopped. Against a server and an
// upstream of its own, which says its words slowly.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { after, before, test } from "node:test";
import { Browser } from "./webdriver.mjs";

const binaries = process.env.PARLEY_BINARIES;
const folder = process.env.PARLEY_SCREENSHOTS;
const enter = "\uE007";
const words = Array.from({ length: 200 }, (_, number) => `wörd${number}`);

let browser, home, upstream, parley;

/** Starts a program that says where it listens. */
function start(name, args, environment = {}) {
  const options = { cwd: home, env: { PATH: process.env.PATH, ...environment }, stdio: ["ignore", "pipe", "inherit"] };
  const program = spawn(`${binaries}/${name}`, args, options);
  return new Promise((resolve, reject) => {
    let output = "";
    program.once("exit", () => reject(new Error(`${name} ended: ${output}`)));
    program.stdout.on("data", (piece) => {
      output += piece;
      const found = output.match(/http:\/\/[a-z0-9.]+:\d+/);
      if (found) resolve({ program, url: found[0] });
    });
  });
}

before(async () => {
  home = await mkdtemp(`${tmpdir()}/parley-stream-`);
  upstream = await start("upstream", ["--port", "0"]);
  parley = await start("parley", ["serve", "--dev", "--port", "0"], {
    AI_MODEL_ENDPOINT: `${upstream.url}/v1/chat/completions`, AI_MODEL: "slow", BCRYPT_COST: "4",
  });
  browser = await Browser.start();
  await browser.pretend({});
});

after(async () => {
  await browser?.stop();
  parley?.program.kill();
  upstream?.program.kill();
  await rm(home, { recursive: true, force: true });
});

const answer = `document.querySelector("#messages .assistant:not(.waiting) .text").innerText`;

test("An answer comes word by word, goes on after a reload, and is stopped", async () => {
  await browser.open(`${parley.url}/`);
  await browser.until(`!document.querySelector("#gate").hidden`);
  await browser.click("#switch");
  await browser.type("#username", "ada");
  await browser.type("#password", "correct horse battery staple" + enter);
  await browser.until(`!document.querySelector("#chat").hidden`);

  await browser.type("#content", `[pace:50] ${words.join(" ")}${enter}`);
  await browser.until(`${answer}.includes("wörd5") && !document.querySelector("#stop").hidden`);
  await browser.screenshot(`${folder}/streaming.png`);

  await browser.reload();
  await browser.until(`${answer}.includes("wörd40") && !document.querySelector("#stop").hidden`);
  await browser.click("#stop");
  await browser.until(`document.querySelector("#stop").hidden`);
  await browser.until(`document.querySelector("#messages .assistant .about").innerText.includes("Stopped.")`);
  await browser.screenshot(`${folder}/stopped.png`);

  // What is there is a beginning of the answer, without gap and without repeat, and what was saved.
  const text = await browser.run(`return ${answer}`);
  assert.ok(`echo: ${words.join(" ")}`.startsWith(text), text);
  assert.ok(!text.includes("wörd199"));
  await browser.reload();
  await browser.until(`${answer} === ${JSON.stringify(text)}`);
  const [attempt] = await (await fetch(`${upstream.url}/ledger`)).json();
  assert.equal(attempt.outcome, "left");
  assert.deepEqual(await browser.errors(), []);
});
