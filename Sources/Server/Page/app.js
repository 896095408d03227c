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
  /** Ends the listening to the turn that is shown; the turn itself goes on. */
  listening: null,
  /** Conversations that have branches. */
  branched: new Set(),
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
    if (conversation.current_message_id) state.branched.add(conversation.id);
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
  state.listening?.abort();
  setRunning(null);
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
  const last = page.items.at(-1);
  if (!cursor && last?.status === "streaming") attempt("chat-error", () => resume(last, items.at(-1)));
}

/** Goes on listening to a turn that was running when the page was loaded. */
async function resume(message, item) {
  const saved = await listen((options) => api.followMessage({ message_id: message.id }, options), item);
  if (saved) item.replaceWith(element(saved));
}

const endings = {
  failed: "The model failed.", interrupted: "Cut off.", cancelled: "Stopped.", streaming: "Being written …",
};

function element(message) {
  const item = document.createElement("li");
  item.className = `message ${message.role} ${message.status}`;
  if (message.id) item.dataset.id = message.id;
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
  if (message.id && message.status !== "streaming") about.append(...actions(message, item));
  item.append(text, about);
  return item;
}

/** What can be done with a message. */
function actions(message, item) {
  const action = (name, task) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = name;
    button.addEventListener("click", () => run(task));
    return button;
  };
  const buttons = message.role === "user"
    ? [action("Edit", () => edit(message, item))] : [action("Again", () => regenerate(message, item))];
  if (state.branched.has(message.conversation_id)) {
    buttons.push(action("Next version", () => chooseNextVersion(message)));
  }
  return buttons;
}

async function edit(message, item) {
  const content = prompt("Your message", message.content)?.trim();
  if (!content || content === message.content) return;
  const body = { content, attachments: message.attachments ?? [] };
  const start = (options) => api.editMessageEventStream({ message_id: message.id, body }, options);
  await branch(item, { ...message, id: null, content }, start);
}

async function regenerate(message, item) {
  const start = (options) => api.regenerateMessageEventStream({ message_id: message.id }, options);
  await branch(item, null, start);
}

/** Puts a new answer, and perhaps a new message, where another one and all that followed it stood. */
async function branch(item, message, start) {
  const id = state.conversation;
  while (item.nextSibling) item.nextSibling.remove();
  item.remove();
  if (message) append(message);
  try {
    await listen(start, append(waiting));
  } finally {
    state.branched.add(id);
    if (state.conversation === id) await loadMessages();
  }
}

async function chooseNextVersion(message) {
  const { items } = await api.listVersions({ message_id: message.id, limit: 200 });
  const next = items[(items.findIndex((item) => item.id === message.id) + 1) % items.length];
  if (next.id === message.id) return;
  await api.updateConversation(
    { conversation_id: message.conversation_id, body: { current_message_id: next.id } });
  await loadMessages();
}

const waiting = { role: "assistant", status: "waiting", content: "Thinking …" };

/** Shows which turn can be stopped. */
function setRunning(messageID) {
  $("stop").dataset.id = messageID ?? "";
  $("stop").hidden = !messageID;
  $("send").hidden = Boolean(messageID);
}

/**
 * Shows an answer as it comes, and goes on where the connection was cut.
 *
 * Resolves to the message as saved; to undefined when somebody looks at something else by now, or when it must be loaded.
 */
async function listen(start, item, onStart = () => {}) {
  const controller = new AbortController();
  state.listening?.abort();
  state.listening = controller;
  const options = { timeout: turnTimeout, signal: controller.signal };
  const follow = () => api.followMessage({ message_id: messageID, "Last-Event-ID": lastID }, options);
  let text = "";
  let messageID;
  let lastID;
  try {
    for (let failures = 0, events = start(options); ; events = follow()) {
      try {
        for await (const { event, data, id } of events) {
          lastID = id;
          if (event === "message") {
            messageID = data.message_id;
            setRunning(messageID);
            onStart(data);
          } else if (event === "delta") {
            text += data.text;
            item.classList.remove("waiting");
            write(item, text);
          } else if (event === "done") {
            return data;
          } else if (event === "error") {
            throw new ApiProblem({ status: data.status, headers: new Headers() }, data);
          }
        }
        return undefined;
      } catch (error) {
        if (controller.signal.aborted) return undefined;
        failures += 1;
        if (error instanceof ApiProblem || !messageID || failures > 5) throw error;
        await new Promise((resolve) => setTimeout(resolve, 1000));
      }
    }
  } finally {
    if (state.listening === controller) {
      state.listening = null;
      setRunning(null);
    }
  }
}

/** Replaces the text of a message; who reads its end goes on reading it. */
function write(item, text) {
  const scroll = $("scroll");
  const isAtEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  item.querySelector(".text").textContent = text;
  if (isAtEnd) scroll.scrollTop = scroll.scrollHeight;
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
  const input = { "Idempotency-Key": state.attempt.key, body: { content, conversation_id: conversation } };
  const said = { role: "user", status: "complete", content };
  const shown = [append(said), append(waiting)];
  let saved;
  try {
    saved = await listen((options) => api.sendMessageEventStream(input, options), shown[1], (started) => {
      if (!conversation) begin(started.conversation_id);
      Object.assign(said, {
        id: started.user_message_id, conversation_id: started.conversation_id, created_at: new Date().toISOString(),
      });
    });
  } catch (error) {
    shown.forEach((item) => item.remove());
    await recover(error, state.attempt);
    throw error;
  }
  state.attempt = null;
  if (saved && shown[1].isConnected) {
    shown[0].replaceWith(element(said));
    shown[1].replaceWith(element(saved));
    $("scroll").scrollTop = $("scroll").scrollHeight;
  } else if (!saved && shown[1].isConnected) {
    await loadMessages();
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
  if (state.conversation !== (saved && !conversation ? saved : conversation)) return;
  if (!saved) {
    $("content").value ||= content;
    return;
  }
  await loadMessages();
  await listConversations();
}

/** The conversation that a first message began. */
function begin(id) {
  state.conversation = id;
  history.pushState(null, "", `#${id}`);
}

/** One thing at a time is done with a conversation. */
async function run(task) {
  if (state.isSending) return;
  state.isSending = true;
  $("send").disabled = true;
  await attempt("chat-error", task);
  state.isSending = false;
  $("send").disabled = false;
  $("content").focus();
}

async function submit() {
  const content = $("content").value;
  if (state.isSending || content.trim() === "") return;
  $("content").value = "";
  await run(() => send(content));
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
$("stop").addEventListener("click", () => {
  attempt("chat-error", () => api.stopMessage({ message_id: $("stop").dataset.id }));
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
