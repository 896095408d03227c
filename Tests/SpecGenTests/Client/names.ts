// What must hold of the types in the client of names.yaml; `tsc --strict` checks it.
import { ApiProblem, NamesClient, validate } from "./client.js";
import type { NamesClient_, Record_, SaveInput, Settings, Upload } from "./client.js";

const client = new NamesClient({ token: () => "token" });
const picture = new Blob(["bytes"], { type: "image/png" });

// Members of one name in the API are told apart; files are bytes on the way there, and texts in JSON.
const upload: Upload = await client.sendFile({
  folder: "f", file: ["a", "b"], trace: "t", part: "p", body: { title: "Two", picture, more: [picture] },
});
const text: string = upload.picture;
const texts: string[] | undefined = upload.more;
// @ts-expect-error: a text is no file.
const wrong: NamesClient.SendFileInput["body"] = { title: "One", picture: "bytes" };

// A schema named like a member of the class's namespace is itself there, and so is one named like a type of TypeScript.
const settings: Settings = { colour: "red" };
const input: SaveInput = { settings };
const saved: Record_ = await client.save({ body: input });
const values: Record<string, number> = saved.values;
const call: NamesClient.SaveInput = { body: { settings } };
const options: NamesClient.Settings = { baseURL: "" };
const named: NamesClient_ = { name: "n" };
const faults: ApiProblem.Fault[] = validate.Blob({});
export { call, faults, named, options, text, texts, values, wrong };
