// The chat page: sign up, log in, conversations, messages. What it knows of the API comes from the generated client.
import { ApiProblem, ParleyClient } from "/client.js";

const $ = (id) => document.getElementById(id);

/** The session's tokens, where other tabs find them too. */
const session = {
  get tokens() {
    try {
      return JSON.parse(localStorage.getItem("parley.tokens"));
    } catch {
      return null;
    }
  },
  set tokens(tokens) {
    if (tokens) localStorage.setItem("parley.tokens", JSON.stringify(tokens));
    else localStorage.removeItem("parley.tokens");
  },
};

const api = new ParleyClient({
  token: () => session.tokens?.access_token,
  async onUnauthorized() {
    const refreshToken = session.tokens?.refresh_token;
    if (!refreshToken) return undefined;
    try {
      session.tokens = await api.refreshTokens({ body: { refresh_token: refreshToken } });
      return session.tokens.access_token;
    } catch (error) {
      // Only a refusal ends the session; a server that is busy or away does not.
      if (!(error instanceof ApiProblem) || ![401, 422].includes(error.status)) throw error;
      session.tokens = null;
      return undefined;
    }
  },
});

/** A model may think for longer than the client waits by default; in milliseconds. */
const turnTimeout = 180_000;

const state = {
  isSigningUp: false,
  /** The open conversation's id; null while a new one has not begun. */
  conversation: null,
  olderMessages: null,
  olderConversations: null,
  /** A message whose fate is not known: sent again as it is, it keeps its key, and is not sent twice. */
  attempt: null,
  isSending: false,
};

// Words

const fields = { "/username": "Username", "/password": "Password", "/content": "Message" };

function words(error) {
  if (error instanceof ApiProblem) {
    if (error.errors.length > 0) {
      return error.errors.map((fault) => `${fields[fault.pointer] ?? fault.pointer}: ${fault.detail}`).join("\n");
    }
    const wait = error.retryAfter ? ` Try again in ${error.retryAfter} seconds.` : "";
    return error.detail + wait;
  }
  if (error?.name === "TimeoutError") return "The server took too long to answer. Try again.";
  console.error(error);
  // What fetch throws when the network fails.
  if (error instanceof TypeError) return "The server cannot be reached. Check the connection and try again.";
  return `Something went wrong: ${error?.message ?? error}`;
}

function show(id, error) {
  $(id).hidden = !error;
  $(id).textContent = error ? words(error) : "";
}

/** Runs a task; tells its failure in words. A session that is over leads back to the gate. */
async function attempt(place, task) {
  show(place, null);
  try {
    return await task();
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 401 && place !== "gate-error") openGate(error);
    else show(place, error);
    return undefined;
  }
}

// The gate

function openGate(error) {
  session.tokens = null;
  $("chat").hidden = true;
  $("gate").hidden = false;
  clearConversation();
  $("conversations").replaceChildren();
  show("gate-error", error);
  $("username").focus();
}

function setSigningUp(isSigningUp) {
  state.isSigningUp = isSigningUp;
  $("gate-lead").textContent = isSigningUp ? "Make an account and begin." : "Log in to go on with your conversations.";
  $("enter").textContent = isSigningUp ? "Sign up" : "Log in";
  $("switch-lead").textContent = isSigningUp ? "Have an account?" : "No account yet?";
  $("switch").textContent = isSigningUp ? "Log in" : "Sign up";
  $("password").autocomplete = isSigningUp ? "new-password" : "current-password";
  show("gate-error", null);
}

async function enter() {
  const body = { username: $("username").value, password: $("password").value };
  if (state.isSigningUp) await api.signUp({ body });
  session.tokens = await api.logIn({ body });
  $("credentials").reset();
  setSigningUp(false);
}

async function openChat() {
  $("gate").hidden = true;
  $("chat").hidden = false;
  const user = await api.getCurrentUser();
  $("name").textContent = user.username;
  await listConversations();
  await openFromAddress();
}

async function logOut() {
  try {
    await api.logOut();
  } catch (error) {
    // A session that is over already is what was asked for.
    if (!(error instanceof ApiProblem && error.status === 401)) throw error;
  }
  history.replaceState(null, "", location.pathname);
  openGate(null);
}

// Conversations

async function listConversations(cursor) {
  const page = await api.listConversations({ limit: 50, cursor });
  const items = page.items.map((conversation) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = conversation.title || "New conversation";
    button.dataset.id = conversation.id;
    button.addEventListener("click", () => { location.hash = conversation.id; });
    const item = document.createElement("li");
    item.append(button);
    return item;
  });
  if (cursor) $("conversations").append(...items);
  else $("conversations").replaceChildren(...items);
  state.olderConversations = page.next_cursor;
  $("more-conversations").hidden = !page.next_cursor;
  markCurrent();
}

function markCurrent() {
  let title = "Parley";
  for (const button of $("conversations").querySelectorAll("button")) {
    const isCurrent = button.dataset.id === state.conversation;
    if (isCurrent) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
    if (isCurrent) title = button.textContent;
  }
  $("title").textContent = title;
  document.title = title === "Parley" ? title : `${title} · Parley`;
}

function clearConversation() {
  state.conversation = null;
  state.olderMessages = null;
  $("messages").replaceChildren();
  $("older").hidden = true;
  $("empty").hidden = false;
}

async function openFromAddress() {
  const id = location.hash.slice(1);
  setMenuOpen(false);
  clearConversation();
  markCurrent();
  $("content").focus();
  if (!id) return;
  state.conversation = id;
  try {
    await loadMessages();
  } finally {
    markCurrent();
  }
}

// Messages

async function loadMessages(cursor) {
  const id = state.conversation;
  const page = await api.getHistory({ conversation_id: id, limit: 30, cursor });
  if (id !== state.conversation) return;
  const scroll = $("scroll");
  const distanceToEnd = scroll.scrollHeight - scroll.scrollTop;
  const items = page.items.map(element);
  if (cursor) $("messages").prepend(...items);
  else $("messages").replaceChildren(...items);
  state.olderMessages = page.next_cursor;
  $("older").hidden = !page.next_cursor;
  $("empty").hidden = true;
  scroll.scrollTop = cursor ? scroll.scrollHeight - distanceToEnd : scroll.scrollHeight;
}

const endings = {
  failed: "The model failed.", interrupted: "Cut off.", cancelled: "Stopped.", streaming: "Being written …",
};

function element(message) {
  const item = document.createElement("li");
  item.className = `message ${message.role} ${message.status}`;
  const text = document.createElement("p");
  text.className = "text";
  text.textContent = message.content || endings[message.status] || "";
  const about = document.createElement("p");
  about.className = "about";
  const time = message.created_at
    ? new Date(message.created_at).toLocaleString([], { dateStyle: "medium", timeStyle: "short" }) : "";
  const who = message.role === "user" ? "You" : message.model ?? "Parley";
  const ending = message.content ? endings[message.status] : "";
  about.textContent = [who, time, ending].filter(Boolean).join(" · ");
  item.append(text, about);
  return item;
}

function append(message) {
  const item = element(message);
  $("empty").hidden = true;
  $("messages").append(item);
  $("scroll").scrollTop = $("scroll").scrollHeight;
  return item;
}

function key() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send(content) {
  const conversation = state.conversation;
  const last = state.attempt;
  const isAgain = last?.content === content && last?.conversation === conversation;
  state.attempt = isAgain ? last : { content, conversation, key: key() };
  const shown = [
    append({ role: "user", status: "complete", content }),
    append({ role: "assistant", status: "waiting", content: "Thinking …" }),
  ];
  let turn;
  try {
    turn = await api.sendMessage(
      { "Idempotency-Key": state.attempt.key, body: { content, conversation_id: conversation } },
      { timeout: turnTimeout });
  } catch (error) {
    shown.forEach((item) => item.remove());
    await recover(error, state.attempt);
    throw error;
  }
  state.attempt = null;
  if (state.conversation === conversation) {
    shown[0].replaceWith(element(turn.user_message));
    shown[1].replaceWith(element(turn.message));
    $("scroll").scrollTop = $("scroll").scrollHeight;
    if (!conversation) begin(turn.conversation_id);
  }
  await listConversations();
}

/** Shows what was saved before the model failed; what was not saved goes back to where it can be sent again. */
async function recover(error, { content, conversation }) {
  const saved = error instanceof ApiProblem ? error.problem.conversation_id : undefined;
  // Without an answer, or with a failure that tells nothing, nobody knows whether it was sent, and a turn that runs is
  // known by its key: all of these keep it.
  const isKnown = error instanceof ApiProblem && (saved || error.status < 500);
  if (isKnown && error.code !== "turn-in-progress") state.attempt = null;
  if (state.conversation !== conversation) return;
  if (!saved) {
    $("content").value ||= content;
    return;
  }
  if (!conversation) begin(saved);
  await loadMessages();
  await listConversations();
}

/** The conversation that a first message began. */
function begin(id) {
  state.conversation = id;
  history.pushState(null, "", `#${id}`);
}

async function submit() {
  const content = $("content").value;
  if (state.isSending || content.trim() === "") return;
  state.isSending = true;
  $("send").disabled = true;
  $("content").value = "";
  await attempt("chat-error", () => send(content));
  state.isSending = false;
  $("send").disabled = false;
  $("content").focus();
}

function setMenuOpen(isOpen) {
  $("chat").classList.toggle("menu-open", isOpen);
  $("menu").setAttribute("aria-expanded", String(isOpen));
}

// Events

$("credentials").addEventListener("submit", async (event) => {
  event.preventDefault();
  $("enter").disabled = true;
  await attempt("gate-error", enter);
  $("enter").disabled = false;
  if (session.tokens) await attempt("chat-error", openChat);
});
$("switch").addEventListener("click", () => setSigningUp(!state.isSigningUp));
$("log-out").addEventListener("click", () => attempt("chat-error", logOut));
$("new").addEventListener("click", () => {
  history.pushState(null, "", location.pathname);
  attempt("chat-error", openFromAddress);
});
$("menu").addEventListener("click", () => setMenuOpen(!$("chat").classList.contains("menu-open")));
$("more-conversations").addEventListener("click", () => {
  attempt("chat-error", () => listConversations(state.olderConversations));
});
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
$("content").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  submit();
});

let isLoadingOlder = false;

async function loadOlder() {
  if (isLoadingOlder || !state.olderMessages) return;
  isLoadingOlder = true;
  await attempt("chat-error", () => loadMessages(state.olderMessages));
  isLoadingOlder = false;
}

$("older").addEventListener("click", loadOlder);
$("scroll").addEventListener("scroll", () => {
  if ($("scroll").scrollTop < 40) loadOlder();
});
addEventListener("hashchange", () => {
  if (!$("chat").hidden) attempt("chat-error", openFromAddress);
});
addEventListener("storage", (event) => {
  if (event.key === "parley.tokens" && !session.tokens && !$("chat").hidden) openGate(null);
});

if (session.tokens) attempt("chat-error", openChat);
else openGate(null);
