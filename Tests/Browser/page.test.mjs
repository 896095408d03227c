// The pages in headless Chromium, against a running server.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser } from "./webdriver.mjs";

const url = process.env.PARLEY_URL;
const folder = process.env.PARLEY_SCREENSHOTS;
const enter = "\uE007";
const tab = "\uE004";
const password = "correct horse battery staple";
const username = `ada-${crypto.randomUUID().slice(0, 8)}`;

let browser;

before(async () => {
  browser = await Browser.start();
  await browser.pretend({});
});
after(() => browser?.stop());

const messages = `document.querySelectorAll("#messages .message:not(.waiting)").length`;

/** Sends a message with the keyboard, and waits for the answer. */
async function say(text, count) {
  await browser.type("#content", text + enter);
  await browser.until(`${messages} === ${count} && !document.querySelector("#send").disabled`);
}

test("A person signs up, talks, and finds everything again", async () => {
  await browser.open(`${url}/`);
  await browser.until(`!document.querySelector("#gate").hidden`);

  // What the server refuses is told in words.
  await browser.click("#switch");
  await browser.type("#username", "ab");
  await browser.type("#password", "short" + enter);
  await browser.until(`document.querySelector("#gate-error").innerText.includes("Username: ")`);
  assert.match(await browser.text("#gate-error"), /Password: /);

  await browser.run(`document.querySelector("#credentials").reset()`);
  await browser.type("#username", username);
  await browser.type("#password", password + enter);
  await browser.until(`!document.querySelector("#chat").hidden`);
  await browser.until(`document.querySelector("#name").innerText === ${JSON.stringify(username)}`);

  await say("My name is Ada. I live in Lisbon and I like the sea.", 2);
  await say("What is 85 * 4?", 4);
  await say("What do I like?", 6);
  assert.equal(await browser.text("#messages .user .text"), "My name is Ada. I live in Lisbon and I like the sea.");
  assert.notEqual(await browser.text("#messages .assistant .text"), "");
  await browser.until(`document.querySelectorAll("#conversations li").length === 1`);
  await browser.until(`document.title.startsWith("My name is Ada.")`);

  // A second conversation, and back to the first by the keyboard.
  await browser.click("#new");
  await browser.until(`${messages} === 0`);
  await say("What is the capital of France?", 2);
  await browser.until(`document.querySelectorAll("#conversations li").length === 2`);
  await browser.run(`document.querySelector("#new").focus()`);
  await browser.press(tab);
  await browser.press(tab);
  await browser.press(enter);
  await browser.until(`${messages} === 6`);
  await browser.screenshot(`${folder}/page.png`);

  await browser.reload();
  await browser.until(`${messages} === 6`);
  assert.equal(await browser.text("#messages .user .text"), "My name is Ada. I live in Lisbon and I like the sea.");
  assert.deepEqual(await browser.errors(), []);
});

test("An answer is asked for again, and the other version of it is chosen", async () => {
  const last = `[...document.querySelectorAll("#messages .assistant")].at(-1)`;
  const first = await browser.run(`return ${last}.dataset.id`);
  await browser.run(`${last}.querySelector(".about button").click()`);
  await browser.until(`!document.querySelector("#send").disabled
    && ${last}.dataset.id && ${last}.dataset.id !== ${JSON.stringify(first)}`);
  assert.equal(await browser.run(`return ${messages}`), 6);
  await browser.run(`[...${last}.querySelectorAll(".about button")].at(-1).click()`);
  await browser.until(`!document.querySelector("#send").disabled && ${last}.dataset.id === ${JSON.stringify(first)}`);
  assert.equal(await browser.run(`return ${messages}`), 6);
});

test("A long conversation shows its latest messages, and older ones when asked", async () => {
  await browser.run(`return (async () => {
    const { ParleyClient } = await import("/client.js");
    const api = new ParleyClient({ token: () => JSON.parse(localStorage.getItem("parley.tokens")).access_token });
    const conversation_id = location.hash.slice(1);
    for (let n = 1; n <= 15; n++) await api.sendMessage({ body: { content: "Line " + n, conversation_id } });
  })()`);
  await browser.reload();
  await browser.until(`${messages} === 30 && !document.querySelector("#older").hidden`);
  await browser.run(`document.querySelector("#older").click()`);
  await browser.until(`${messages} === 36 && document.querySelector("#older").hidden`);
  assert.equal(await browser.text("#messages .user .text"), "My name is Ada. I live in Lisbon and I like the sea.");
});

test("The page is fit for the dark and for a small screen", async () => {
  await browser.pretend({ scheme: "dark" });
  await browser.screenshot(`${folder}/page-dark.png`);
  await browser.pretend({ width: 390, height: 760 });
  assert.equal(await browser.run(`return document.documentElement.scrollWidth <= innerWidth`), true);
  await browser.click("#menu");
  await browser.until(`document.querySelector("#menu").getAttribute("aria-expanded") === "true"`);
  await browser.run(`document.querySelector("#menu").click()`);
  await browser.screenshot(`${folder}/page-narrow.png`);
  await browser.pretend({});
});

test("A session that the server does not know any more is renewed, or leads back to the gate", async () => {
  const change = (name) => browser.run(`
    const tokens = JSON.parse(localStorage.getItem("parley.tokens"));
    localStorage.setItem("parley.tokens", JSON.stringify({ ...tokens, ${name}: "unknown" }));`);
  await change("access_token");
  await browser.reload();
  await browser.until(`document.querySelectorAll("#conversations li").length === 2`);
  await change("access_token");
  await change("refresh_token");
  await browser.reload();
  await browser.until(`!document.querySelector("#gate").hidden && !document.querySelector("#gate-error").hidden`);
});

test("A person logs in, logs out, and is told of a wrong password", async () => {
  await browser.type("#username", username);
  await browser.type("#password", "not the password" + enter);
  await browser.until(`document.querySelector("#gate-error").innerText.includes("wrong")`);
  await browser.screenshot(`${folder}/gate.png`);
  await browser.run(`document.querySelector("#password").value = ""`);
  await browser.type("#password", password + enter);
  await browser.until(`document.querySelectorAll("#conversations li").length === 2`);
  await browser.click("#log-out");
  await browser.until(`!document.querySelector("#gate").hidden && document.querySelector("#chat").hidden`);
  assert.equal(await browser.run(`return localStorage.getItem("parley.tokens")`), null);
  assert.deepEqual(await browser.errors(), []);
});

test("The docs show every operation and lead nowhere that is not there", async () => {
  const document = await (await fetch(`${url}/openapi.json`)).json();
  const ids = Object.values(document.paths).flatMap((path) => Object.values(path)).map((operation) => operation.operationId);
  await browser.pretend({ scheme: "dark" });
  await browser.open(`${url}/docs`);
  await browser.screenshot(`${folder}/docs-dark.png`);
  await browser.pretend({});
  await browser.screenshot(`${folder}/docs.png`);
  const shown = await browser.run(`return [...document.querySelectorAll("article")].map((article) => article.id)`);
  assert.deepEqual(ids.filter((id) => id && !shown.includes(id)), []);
  const broken = await browser.run(`return [...document.querySelectorAll("a[href^='#']")]
    .map((link) => link.getAttribute("href").slice(1)).filter((id) => !document.getElementById(id))`);
  assert.deepEqual(broken, []);
  assert.equal(await browser.run(`return document.scripts.length`), 0);
  assert.deepEqual(await browser.errors(), []);
});
