// What people write on client.d.ts. It is compiled, not run: what must compile does, and what must not does not.
import { ApiProblem, ParleyClient, validate } from "./client.js";
import type { Message, MessagePage, Role, Turn, User } from "./client.js";

const api = new ParleyClient({ baseURL: "http://localhost:8000", token: () => "token", timeout: 5_000 });

export async function talk(): Promise<Message> {
  const user: User = await api.signUp({ body: { username: "ada", password: "correct horse battery staple" } });
  const email: string | null = user.email;
  await api.signUp({ body: { username: "ada", password: "correct horse battery staple", email } });
  const turn: Turn = await api.sendMessage({ "Idempotency-Key": "1", body: { content: "Hello" } });
  const page: MessagePage = await api.getHistory({ conversation_id: turn.conversation_id, limit: 10 });
  const cursor: string | null = page.next_cursor;
  const role: Role = "assistant";
  const gone: undefined = await api.deleteConversation({ conversation_id: turn.conversation_id });
  await api.updatePreferences({ body: { temperature: null } }, { signal: new AbortController().signal, headers: { A: "b" } });
  await api.listConversations();
  await api.getUsage({ group_by: "day" });
  return page.items.find((message) => message.role === role) ?? fail(cursor, gone);
}

function fail(...values: unknown[]): never {
  throw new Error(String(values));
}

export function explain(error: unknown): string {
  if (!(error instanceof ApiProblem)) return "No answer";
  if (error.code === "username-taken") return "Choose another name";
  const wait: number | undefined = error.retryAfter;
  return error.errors.map((fault) => `${fault.pointer}: ${fault.detail}`).join() + error.status.toFixed() + wait;
}

export function check(value: unknown): string[] {
  const faults: ApiProblem.Fault[] = validate.SignUpRequest(value, { isRequest: true });
  // @ts-expect-error there is no such schema
  validate.SignUp(value);
  return faults.map((fault) => `${fault.pointer}: ${fault.detail}`);
}

export async function mistakes(): Promise<void> {
  // @ts-expect-error a required member is missing
  await api.signUp({ body: { username: "ada" } });
  // @ts-expect-error there is no such member
  await api.signUp({ body: { username: "ada", password: "correct horse", mail: "" } });
  // @ts-expect-error the input is missing
  await api.getHistory();
  // @ts-expect-error a number is no id
  await api.getHistory({ conversation_id: 1 });
  // @ts-expect-error there is no such group
  await api.getUsage({ group_by: "year" });
  // @ts-expect-error there is no such role
  const role: Role = "robot";
  // @ts-expect-error the email may be null
  const email: string = (await api.getCurrentUser()).email;
  fail(role, email);
}
