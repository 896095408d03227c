// What the client of Goldens/Swift/requests/api.yaml sends. RequestsTests reads the same.
import assert from "node:assert/strict";
import { test } from "node:test";

const { RequestsClient } = await import(process.env.CLIENT);

/** Calls an operation and tells what went out. */
async function sent(operation, input) {
  let request;
  const fetch = async (url, options) => {
    request = { url, ...options };
    return new Response(null, { status: 204 });
  };
  await new RequestsClient({ fetch })[operation](input);
  return request;
}

test("every style of a path", async () => {
  const { url } = await sent("readPath", {
    plain: 7, list: ["a", "b,c"], object: { x: 1, color: "red" }, labels: ["red", "blue"], point: { x: 3, y: -4 },
    matrix: { a: 1, "b c": 2 }, matrices: [1, 2], filter: { field: "f", values: [1] },
  });
  assert.equal(
    url,
    "/paths/.7/a,b%2Cc/x=1,color=red/.red.blue/.x,3,y,-4/;matrix=a,1,b%20c,2/;matrices=1;matrices=2/"
      + "%7B%22field%22%3A%22f%22%2C%22values%22%3A%5B1%5D%7D");
  await assert.rejects(() => sent("readPath", { plain: 1, list: [] }), TypeError);
});

test("parameters that share a segment", async () => {
  const file = { version: 12, name: "a", part: ["c", "d-e"], format: "red" };
  assert.equal((await sent("readFile", file)).url, "/files/v12/a-c,d-e.red");
  await assert.rejects(() => sent("readFile", { ...file, name: "a-b" }), TypeError);
  await assert.rejects(() => sent("readFile", { ...file, part: ["c.d"] }), TypeError);
  assert.equal((await sent("readFile", { ...file, name: "-a" })).url, "/files/v12/-a-c,d-e.red");
});

test("a query with a body; no client sends a trace", async () => {
  const { method, url, body } = await sent("search", { body: { field: "f" } });
  assert.deepEqual([method, url, body], ["QUERY", "/search", '{"field":"f"}']);
  assert.equal(RequestsClient.prototype.traceSearch, undefined);
});

test("a body that may be null", async () => {
  assert.equal((await sent("sendNull", { body: null })).body, "null");
  assert.equal((await sent("sendNullOrNothing", { body: null })).body, "null");
  assert.equal((await sent("sendNullOrNothing", {})).body, undefined);
  await assert.rejects(() => sent("sendNull", { body: 1 }), { code: "validation-failed" });
});

test("every style of a query; what is null is left out", async () => {
  const { url } = await sent("readQuery", {
    page: null, repeated: ["a b", ""], commas: [1, -2.5], spaces: ["2026-01-31", "2026-02-01"], pipes: [true, false],
    area: { name: "n", tags: ["s", "t"], depth: 4 }, sizes: { a: 1, b: 2 }, range: { from: "2026-01-31", to: null },
    origin: { x: 1, y: null }, filter: { field: "f" }, either: 12, any: true, address: "https://a.example/?b=1&c+d",
  });
  assert.equal(
    url,
    "/query?repeated=a%20b&repeated=&commas=1,-2.5&spaces=2026-01-31%202026-02-01&pipes=true%7Cfalse"
      + "&area%5Bname%5D=n&area%5Btags%5D=s&area%5Btags%5D=t&area%5Bdepth%5D=4&sizes%5Ba%5D=1&sizes%5Bb%5D=2"
      + "&from=2026-01-31&origin=x,1&filter=%7B%22field%22%3A%22f%22%7D&either=12&any=true"
      + "&address=https://a.example/?b%3D1%26c%2Bd");
  assert.equal((await sent("readRest", { labels: { a: "1", b: "x" }, limit: 5 })).url, "/rest?a=1&b=x&limit=5");
  assert.equal((await sent("readQuery", { repeated: [], commas: [] })).url, "/query");
});

test("header fields and cookies", async () => {
  const { headers } = await sent("readHead", {
    "X-Numbers": [1, 2, 3], "X-Point": { x: 1, color: "red" }, "X-Exploded": { x: 1, y: 2 },
    "X-Filter": [{ field: "a,b" }], session: "a bc", theme: "red", seen: [1, 2], spot: { x: 5, y: null },
  });
  assert.equal(headers.get("X-Numbers"), "1,2,3");
  assert.equal(headers.get("X-Point"), "x,1,color,red");
  assert.equal(headers.get("X-Exploded"), "x=1,y=2");
  assert.equal(headers.get("X-Filter"), '[{"field":"a,b"}]');
  assert.equal(headers.get("Cookie"), "session=a%20bc; theme=red; seen=1,2; x=5");
});

test("bodies by their media types", async () => {
  const json = await sent("sendBody", { body: { field: "f" } });
  assert.equal(json.headers.get("Content-Type"), "application/json");
  assert.equal(json.body, '{"field":"f"}');
  const form = await sent("sendForm", {
    body: { tags: ["a", "b"], numbers: [1, 2], point: { x: 1, color: "red" }, period: { from: "2026-01-31" }, text: null },
  });
  assert.equal(form.headers.get("Content-Type"), "application/x-www-form-urlencoded");
  assert.equal(form.body, "tags=a%7Cb&numbers=%5B1%2C2%5D&point%5Bx%5D=1&point%5Bcolor%5D=red&from=2026-01-31");
  assert.equal((await sent("sendWords", { body: { a: 1, "b c": 2 } })).body, "a=1&b%20c=2");
  const note = await sent("sendNote", { body: "# a" });
  assert.deepEqual([note.headers.get("Content-Type"), note.body], ["text/plain; charset=utf-8", "# a"]);
  const bytes = await sent("sendBytes", { body: new Blob(["a"]) });
  assert.equal(bytes.headers.get("Content-Type"), "application/octet-stream");
  assert.ok(bytes.body instanceof Blob);
  assert.equal((await sent("sendBytes", { body: new Blob(["a"]).stream() })).duplex, "half");
});

test("a form with files: the fields come first", async () => {
  const avatar = new File(["b"], "b.png", { type: "image/png" });
  const { headers, body } = await sent("upload", {
    body: { avatar, documents: [new Blob(["1"]), new Blob(["2"])], title: "t", tags: ["x", ""], point: { x: 1 }, numbers: [1, 2] },
  });
  assert.equal(headers.get("Content-Type"), null);
  const entries = [...body.entries()];
  assert.deepEqual(entries.map(([name]) => name), ["title", "tags", "tags", "point", "numbers", "avatar", "documents", "documents"]);
  assert.deepEqual([entries[0][1], entries[1][1], entries[4][1]], ["t", "x", "1,2"]);
  assert.equal(await entries[3][1].text(), '{"x":1}');
  assert.equal(entries[3][1].type, "application/json");
  assert.equal(entries[5][1].name, "b.png");
});
