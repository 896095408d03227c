// The generated client of Goldens/Swift/streams in Node, with answers that are cut anywhere.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { ApiProblem, StreamsClient } = await import(pathToFileURL(process.env.CLIENT));
const turn_id = "01989bd4-7c00-7000-8000-000000000001";

/** An answer of pieces; an error among them cuts the connection. */
function answer(pieces, mediaType = "text/event-stream") {
  const encoder = new TextEncoder();
  let index = 0;
  const body = new ReadableStream({
    pull(controller) {
      const piece = pieces[index++];
      if (piece === undefined) controller.close();
      else if (piece instanceof Error) controller.error(piece);
      else controller.enqueue(typeof piece === "string" ? encoder.encode(piece) : piece);
    },
  });
  return new Response(body, { headers: { "Content-Type": mediaType } });
}

/** A client of a server that gives these answers, and the requests that it got. */
function client(...answers) {
  const requests = [];
  const fetch = async (url, init) => {
    requests.push({ url, method: init.method, headers: Object.fromEntries(init.headers), signal: init.signal });
    const next = answers.shift();
    if (next instanceof Error) throw next;
    return typeof next === "function" ? next(init) : next;
  };
  return { api: new StreamsClient({ baseURL: "http://localhost", fetch }), requests };
}

async function all(iterator) {
  const items = [];
  for await (const item of iterator) items.push(item);
  return items;
}

const text = [
  "\ufeff: a comment\nid: 1\nevent: delta\ndata: {\"text\":\"é😀\"}\n\n",
  "event:note\r\ndata:one\r\ndata: two\r\ndata\r\n\r\n",
  "event: note\rdata:  spaced\rid: 2\r\r",
  "retry: 7\n\nevent: unknown\ndata: x\n\ndata: no name\n\nevent: done\ndata: [DONE]\n\n",
  "event: note\ndata: never ended\n",
].join("");
const events = [
  { event: "delta", data: { text: "é😀" }, id: "1" },
  { event: "note", data: "one\ntwo\n", id: "1" },
  { event: "note", data: " spaced", id: "2" },
  { event: "done", data: "[DONE]", id: "2" },
];

test("Events are the same wherever the answer is cut", async () => {
  const bytes = new TextEncoder().encode(text);
  for (const size of [1, 2, 3, 5, 7, 16, bytes.length]) {
    const pieces = [];
    for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.slice(start, start + size));
    const { api, requests } = client(answer(pieces));
    assert.deepEqual(await all(api.getTurnEventStream({ turn_id })), events, `pieces of ${size}`);
    assert.equal(requests[0].headers.accept, "text/event-stream");
  }
});

test("An event without a name is a message", async () => {
  const { api } = client(answer(["data: {\"at\":\"2026-01-31T12:00:00.000Z\"}\n\n"]));
  const ticks = await all(api.watchTicks());
  assert.deepEqual(ticks, [{ event: "message", data: { at: "2026-01-31T12:00:00.000Z" }, id: "" }]);
});

test("A connection that is cut is made again after the last event", async () => {
  const cut = new TypeError("terminated");
  const { api, requests } = client(
    answer(["retry: 1\nid: 1\nevent: note\ndata: a\n\nid: 2\nevent: note\ndata: lost", cut]),
    new TypeError("fetch failed"),
    new Response("", { status: 503 }),
    answer(["id: 2\nevent: note\ndata: b\n\n"]));
  const notes = await all(api.getTurnEventStream({ turn_id }));
  assert.deepEqual(notes.map((event) => event.data), ["a", "b"]);
  assert.deepEqual(requests.map((request) => request.headers["last-event-id"]), [undefined, "1", "1", "1"]);
});

test("A stream that cannot go on tells why", async () => {
  const cut = () => new TypeError("terminated");
  // There is no id to go on from.
  await assert.rejects(all(client(answer([cut()])).api.getTurnEventStream({ turn_id })), /terminated/);
  // The operation takes no Last-Event-ID.
  await assert.rejects(all(client(answer(["id: 1\ndata: 1\n\n", cut()])).api.watchTicks()), /terminated/);
  const first = answer(["retry: 0\nid: 1\nevent: note\ndata: a\n\n", cut()]);
  const gone = new Response(JSON.stringify({ code: "not-found" }), {
    status: 404, headers: { "Content-Type": "application/problem+json" },
  });
  await assert.rejects(all(client(first, gone).api.getTurnEventStream({ turn_id })), { code: "not-found" });
  const often = [answer(["retry: 0\nid: 1\nevent: note\ndata: a\n\n", cut()]), cut(), cut(), cut()];
  const { api, requests } = client(...often);
  await assert.rejects(all(api.getTurnEventStream({ turn_id }, { reconnects: 2 })), /terminated/);
  assert.equal(requests.length, 3);
});

test("Data that is no JSON, and another media type, are told at once", async () => {
  const broken = client(answer(["id: 1\nevent: delta\ndata: {\n\n"]));
  await assert.rejects(all(broken.api.getTurnEventStream({ turn_id })), SyntaxError);
  const other = client(answer(["<html>"], "text/html"));
  await assert.rejects(all(other.api.getTurnEventStream({ turn_id })), ApiProblem);
  assert.equal(other.requests.length, 1);
});

test("Who leaves the loop, or aborts, closes the connection", async () => {
  const endless = (init) => new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode("id: 1\nevent: note\ndata: a\n\n"));
        init.signal.addEventListener("abort", () => controller.error(init.signal.reason));
      },
    }), { headers: { "Content-Type": "text/event-stream" } });
  const left = client(endless);
  for await (const event of left.api.getTurnEventStream({ turn_id })) {
    assert.equal(event.data, "a");
    break;
  }
  assert.equal(left.requests[0].signal.aborted, true);

  const controller = new AbortController();
  const aborted = client(endless);
  await assert.rejects(async () => {
    for await (const _ of aborted.api.getTurnEventStream({ turn_id }, { signal: controller.signal })) {
      controller.abort(new Error("enough"));
    }
  }, /enough/);
  assert.equal(aborted.requests.length, 1);
});

test("The time-out is for silence", async () => {
  const silent = (init) => new Response(
    new ReadableStream({
      start(controller) {
        init.signal.addEventListener("abort", () => controller.error(init.signal.reason));
      },
    }), { headers: { "Content-Type": "text/event-stream" } });
  const { api } = client(silent);
  await assert.rejects(all(api.watchTicks({}, { timeout: 20 })), { name: "TimeoutError" });
});

test("JSON and text are asked for by methods of their own", async () => {
  const { api, requests } = client(
    Response.json({ id: turn_id, text: "a" }),
    new Response("a", { headers: { "Content-Type": "text/plain; charset=utf-8" } }));
  assert.deepEqual(await api.getTurn({ turn_id }), { id: turn_id, text: "a" });
  assert.equal(await api.getTurnText({ turn_id }), "a");
  assert.deepEqual(requests.map((request) => request.headers.accept), ["application/json", "text/plain"]);
});

test("JSON lines and records are items, wherever the answer is cut", async () => {
  const lines = "{\"text\":\"é\"}\r\n\n{\"text\":\"b\"}";
  const bytes = new TextEncoder().encode(lines);
  for (const size of [1, 2, bytes.length]) {
    const pieces = [];
    for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.slice(start, start + size));
    const { api, requests } = client(answer(pieces, "application/jsonl"));
    assert.deepEqual(await all(api.getLogs()), [{ text: "é" }, { text: "b" }]);
    assert.equal(requests[0].headers.accept, "application/jsonl");
  }
  const records = client(answer(["\x1e{\"n\":1}\n\x1e{\"n\":", "2}\n"], "application/json-seq"));
  assert.deepEqual(await all(records.api.getLogsJSONSeq()), [{ n: 1 }, { n: 2 }]);
  const broken = client(answer(["{\"text\":"], "application/jsonl"));
  await assert.rejects(all(broken.api.getLogs()), SyntaxError);
});

test("Bytes are a Blob, and a failure of another kind is an ApiProblem that holds it", async () => {
  const file = client(new Response(new Uint8Array([1, 2]), { headers: { "Content-Type": "application/octet-stream" } }));
  const blob = await file.api.getFile({ name: "a b" });
  assert.deepEqual(new Uint8Array(await blob.arrayBuffer()), new Uint8Array([1, 2]));
  assert.equal(file.requests[0].url, "http://localhost/files/a%20b");
  const gone = client(Response.json({ message: "gone" }, { status: 410 }));
  await assert.rejects(gone.api.getFile({ name: "a" }), (error) => error instanceof ApiProblem
    && error.status === 410 && error.problem.message === "gone");
});
