// A streamed answer on the page: it comes word by word, goes on after a reload, is stopped, asked for again, and its
// message edited. Against a server and an upstream of its own, which says its words slowly.
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
const about = `document.querySelector("#messages .assistant .about").innerText`;
const attempts = async () => (await fetch(`${upstream.url}/ledger`)).json();

/** Stops the answer that comes, and returns what came of it: a beginning, without gap and without repeat. */
async function stop() {
  await browser.click("#stop");
  await browser.until(`document.querySelector("#stop").hidden`);
  await browser.until(`${about}.includes("Stopped.")`);
  const text = await browser.run(`return ${answer}`);
  assert.ok(`echo: ${words.join(" ")}`.startsWith(text), text);
  assert.ok(!text.includes("wörd199"));
  assert.equal((await attempts()).at(-1).outcome, "left");
  return text;
}

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
  const text = await stop();
  await browser.screenshot(`${folder}/stopped.png`);

  // And it is what was saved.
  await browser.reload();
  await browser.until(`${answer} === ${JSON.stringify(text)}`);
  assert.equal((await attempts()).length, 1);
  assert.deepEqual(await browser.errors(), []);
});

test("A stopped answer is asked for again and stopped again, and both are there", async () => {
  const first = await browser.run(`return ${answer}`);
  await browser.click("#messages .assistant .about button");
  await browser.until(`${answer}.includes("wörd2") && !document.querySelector("#stop").hidden`);
  await browser.screenshot(`${folder}/again.png`);
  const second = await stop();
  assert.notEqual(second, first);
  assert.equal(await browser.run(`return document.querySelectorAll("#messages .message").length`), 2);

  const nextVersion = "#messages .assistant .about button:last-child";
  await browser.click(nextVersion);
  await browser.until(`${answer} === ${JSON.stringify(first)}`);
  await browser.click(nextVersion);
  await browser.until(`${answer} === ${JSON.stringify(second)}`);
  assert.equal((await attempts()).length, 2);
  assert.deepEqual(await browser.errors(), []);
});

test("A message is edited: it is answered anew, and what it was before can be chosen", async () => {
  const before = await browser.run(`return ${answer}`);
  const question = `document.querySelector("#messages .user .text").innerText`;
  await browser.answer("#messages .user .about button", "[pace:500] kürzer und noch fertig");
  await browser.until(`${question}.includes("kürzer") && ${answer} === "echo: kürzer"`);
  await browser.screenshot(`${folder}/editing.png`);
  await browser.until(`${answer} === "echo: kürzer und noch fertig" && document.querySelector("#stop").hidden`);
  await browser.until(`document.querySelectorAll("#messages .message .about button").length === 4`);
  await browser.screenshot(`${folder}/edited.png`);
  await browser.reload();
  await browser.until(`${question}.includes("kürzer") && ${answer} === "echo: kürzer und noch fertig"`);

  await browser.click("#messages .user .about button:last-child");
  await browser.until(`${question}.includes("wörd199") && ${answer} === ${JSON.stringify(before)}`);
  assert.equal(await browser.run(`return document.querySelectorAll("#messages .message").length`), 2);
  assert.deepEqual(await browser.errors(), []);
});
