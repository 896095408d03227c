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
