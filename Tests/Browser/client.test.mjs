// The generated client in Node, against a running server.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const { ApiProblem, ParleyClient, validate } = await import(pathToFileURL(`${process.env.PARLEY_CLIENT}/client.js`));
const baseURL = process.env.PARLEY_URL;
const password = "correct horse battery staple";

function newName() {
  return `node-${crypto.randomUUID()}`;
}

/** A client of a new account that is logged in, and renews its token as an application does. */
async function loggedIn() {
  const caller = { tokens: undefined, renewals: 0 };
  caller.api = new ParleyClient({
    baseURL,
    token: () => caller.tokens?.access_token,
    onUnauthorized: async () => {
      caller.renewals += 1;
      caller.tokens = await caller.api.refreshTokens({ body: { refresh_token: caller.tokens.refresh_token } });
      return caller.tokens.access_token;
    },
  });
  caller.username = newName();
  caller.user = await caller.api.signUp({ body: { username: caller.username, password } });
  caller.tokens = await caller.api.logIn({ body: { username: caller.username, password } });
  return caller;
}

async function problemOf(promise) {
  const error = await promise.then(() => assert.fail("It did not fail"), (error) => error);
  assert.ok(error instanceof ApiProblem, String(error));
  return error;
}

test("An account is made, logs in, talks, reads its history, and logs out", async () => {
  const { api, user, username, tokens } = await loggedIn();
  assert.equal(user.username, username);
  assert.equal(user.email, null);
  assert.equal(tokens.token_type, "bearer");
  assert.deepEqual(await api.getCurrentUser(), user);

  const first = await api.sendMessage({ body: { content: "Hello there" } });
  assert.equal(first.user_message.content, "Hello there");
  assert.equal(first.message.role, "assistant");
  assert.notEqual(first.message.content, "");
  const second = await api.sendMessage({ body: { content: "And again", conversation_id: first.conversation_id } });
  assert.equal(second.conversation_id, first.conversation_id);

  const { conversation_id } = first;
  const latest = await api.getHistory({ conversation_id, limit: 3 });
  assert.equal(latest.items.length, 3);
  const older = await api.getHistory({ conversation_id, limit: 3, cursor: latest.next_cursor });
  assert.equal(older.next_cursor, null);
  const all = [...older.items, ...latest.items];
  assert.deepEqual(all.map((message) => message.role), ["user", "assistant", "user", "assistant"]);
  const list = await api.listConversations();
  assert.deepEqual(list.items.map((conversation) => conversation.id), [conversation_id]);

  assert.equal(await api.logOut(), undefined);
});

test("The same Idempotency-Key sends a message once", async () => {
  const { api } = await loggedIn();
  const input = { "Idempotency-Key": crypto.randomUUID(), body: { content: "Once" } };
  const first = await api.sendMessage(input);
  const second = await api.sendMessage(input);
  assert.equal(second.message.id, first.message.id);
});

test("Calls that find their token refused share one renewal", async () => {
  const caller = await loggedIn();
  caller.tokens = { ...caller.tokens, access_token: "expired" };
  const users = await Promise.all([1, 2, 3].map(() => caller.api.getCurrentUser()));
  assert.deepEqual(users.map((user) => user.id), [caller.user.id, caller.user.id, caller.user.id]);
  assert.equal(caller.renewals, 1);
});

test("After a logout the token is refused, and a renewal that fails says why", async () => {
  const caller = await loggedIn();
  await caller.api.logOut();
  const problem = await problemOf(caller.api.getCurrentUser());
  assert.equal(problem.code, "invalid-refresh-token");
  assert.equal(caller.renewals, 1);
});

test("Problems come as ApiProblem", async () => {
  const { api, username } = await loggedIn();
  const taken = await problemOf(api.signUp({ body: { username, password } }));
  assert.equal(taken.status, 409);
  assert.equal(taken.code, "username-taken");
  assert.equal(taken.message, taken.detail);
  assert.notEqual(taken.requestId, undefined);

  const invalid = await problemOf(api.signUp({ body: { username: "a", password: "b" } }));
  assert.equal(invalid.status, 422);
  assert.deepEqual(invalid.errors.map((fault) => fault.pointer).sort(), ["/password", "/username"]);

  const missing = await problemOf(api.getHistory({ conversation_id: "01989bd4-7c00-7000-8000-000000000001" }));
  assert.equal(missing.code, "conversation-not-found");

  const anonymous = await problemOf(new ParleyClient({ baseURL }).getCurrentUser());
  assert.equal(anonymous.status, 401);
  assert.equal(anonymous.code, "unauthorized");
});

test("A body is refused before it is sent, as the server would, unless the caller asks for the server's word", async () => {
  const body = { username: "a", password: "b", nickname: "c" };
  let calls = 0;
  const fetch = (...input) => {
    calls += 1;
    return globalThis.fetch(...input);
  };
  const api = new ParleyClient({ baseURL, fetch });
  const own = await problemOf(api.signUp({ body }));
  assert.equal(calls, 0);
  assert.equal(own.requestId, undefined);
  const served = await problemOf(api.signUp({ body }, { validate: false }));
  assert.equal(calls, 1);
  assert.deepEqual([own.status, own.code, own.detail, own.errors], [422, served.code, served.detail, served.errors]);
  const trusting = new ParleyClient({ baseURL, validate: false });
  assert.deepEqual((await problemOf(trusting.signUp({ body }))).errors, served.errors);

  assert.deepEqual(validate.SignUpRequest({ username: "ada", password: "correct horse" }), []);
  assert.deepEqual(validate.SignUpRequest({ ...body, email: undefined }), served.errors);
});

test("A client gives up at its time-out, and when it is told to", async () => {
  // A server that never answers.
  const fetch = (_, { signal }) => new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  const api = new ParleyClient({ baseURL, fetch, timeout: 20 });
  await assert.rejects(api.getLiveness(), { name: "TimeoutError" });
  const controller = new AbortController();
  const call = api.getLiveness({}, { signal: controller.signal, timeout: 0 });
  controller.abort(new Error("enough"));
  await assert.rejects(call, { message: "enough" });
});

test("Answers that are no problem+json are problems too", async () => {
  const fetch = async () => new Response("<h1>Bad Gateway</h1>", { status: 502, headers: { "Retry-After": "7" } });
  const problem = await problemOf(new ParleyClient({ baseURL, fetch }).getLiveness());
  assert.equal(problem.status, 502);
  assert.equal(problem.code, "unexpected-response");
  assert.equal(problem.retryAfter, 7);
});

test("A path segment cannot change the path", async () => {
  const paths = [];
  const fetch = async (url) => {
    paths.push(url);
    return new Response(null, { status: 204 });
  };
  const api = new ParleyClient({ baseURL: "http://localhost/", fetch });
  for (const id of ["", ".", "..", undefined]) {
    await assert.rejects(api.deleteConversation({ conversation_id: id }), TypeError);
  }
  await api.deleteConversation({ conversation_id: "a/b?c#d" });
  assert.deepEqual(paths, ["http://localhost/chat/conversations/a%2Fb%3Fc%23d"]);
});
