/// How `client.js` writes the bodies of requests.
extension ClientRuntime {
  static let bodies = """
    /** What is sent of a body, and its media type; fetch knows that of FormData. */
    function written({ body: kind, mediaType, fields, files }, value) {
      switch (kind) {
        case "json": return [JSON.stringify(value), mediaType ?? "application/json"];
        case "form": return [form(value, fields), "application/x-www-form-urlencoded"];
        case "multipart": return [multipart(value, files, fields), undefined];
        case "text": return [String(value), `${mediaType ?? "text/plain"}; charset=utf-8`];
        default: return [value, value.type || mediaType || "application/octet-stream"];
      }
    }

    /** A form (`application/x-www-form-urlencoded`): objects are JSON in it. */
    function form(body, fields = {}) {
      return Object.entries(body).flatMap(([name, value]) => {
        const items = Array.isArray(value) ? value : [value];
        const isNested = items.some((item) => isThere(item) && typeof item === "object");
        if (fields[name]) return pairs({ name, ...fields[name] }, body);
        return pairs(name, { [name]: isNested ? items.map((item) => JSON.stringify(item)) : value });
      }).join("&");
    }

    /** A form with files (`multipart/form-data`), which come behind the fields: so the server can read them in order. */
    function multipart(body, files = [], fields = {}) {
      const data = new FormData();
      const append = (name, value) => {
        if (!isThere(value)) return;
        if (value instanceof Blob) return data.append(name, value, value.name ?? "file");
        const isJSON = typeof value === "object" || fields[name]?.style === "json";
        data.append(name, isJSON ? new Blob([JSON.stringify(value)], { type: "application/json" }) : String(value));
      };
      const names = Object.keys(body);
      for (const name of [...names.filter((name) => !files.includes(name)), ...names.filter((name) => files.includes(name))]) {
        const { style, explode = true } = fields[name] ?? {};
        if (style === "json") append(name, body[name]);
        else if (fields[name] && (style || !explode)) {
          for (const pair of pairs({ name, style, explode }, body)) {
            const [key, text] = pair.split("=").map(decodeURIComponent);
            data.append(key, text);
          }
        } else {
          for (const item of Array.isArray(body[name]) ? body[name] : [body[name]]) append(name, item);
        }
      }
      return data;
    }

    """
}
