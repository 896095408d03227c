// The members of `input` that hold parameters of one name, in the client of names.yaml.
import assert from "node:assert/strict";
import { test } from "node:test";

const { NamesClient } = await import(process.env.CLIENT);

test("parameters of one name are told apart by their x-swift-name", async () => {
  let request;
  const fetch = async (url, options) => {
    request = new Request(`http://localhost${url}`, options);
    return Response.json({});
  };
  const client = new NamesClient({ fetch });
  await client.sendFile({ folder: "f", file: ["a", "b"], trace: "t", part: "p", body: { title: "One" } });
  const url = new URL(request.url);
  assert.equal(url.pathname + url.search, "/files/;id=f?id=a&id=b&body=p");
  assert.equal(request.headers.get("id"), "t");
});

test("a parameter does not hold the text that ends it, as that is sent", async () => {
  let path;
  const fetch = async (url, options) => {
    path = new URL(new Request(`http://localhost${url}`, options).url).pathname;
    return new Response(null, { status: 204 });
  };
  const client = new NamesClient({ fetch });
  await client.findName({ first: "a", last: "bé" });
  assert.equal(path, "/names/a%C3%A9b%C3%A9");
  await assert.rejects(() => client.findName({ first: "né", last: "b" }), TypeError);
});
