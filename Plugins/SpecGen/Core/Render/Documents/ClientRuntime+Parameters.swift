/// How `client.js` writes parameters: as the styles of OpenAPI 3.1 §4.8.12.3 have it.
extension ClientRuntime {
  static let parameters = """
    const isThere = (value) => value !== undefined && value !== null;
    const encode = (value) => encodeURIComponent(String(value));
    /** With `allowReserved`: what ends no parameter stays as it is. */
    const encodeReserved = (value) => encode(value)
      .replace(/%(3A|2F|3F|5B|5D|40|24|2C|3B)/g, (text) => decodeURIComponent(text));

    /** The texts of an array's items, or of an object's members after their names. What is null is left out. */
    function parts(value, encode, explode) {
      if (Array.isArray(value)) return value.filter(isThere).map(encode);
      return Object.entries(value).filter(([, member]) => isThere(member))
        .flatMap(([name, member]) => explode ? [`${encode(name)}=${encode(member)}`] : [encode(name), encode(member)]);
    }

    /**
     * A parameter in a path, up to the text `end` in its segment. What would change the path (an empty one, `.`, `..`), or
     * has that text itself, is a mistake of the caller.
     */
    function segment(input, key, style = "simple", explode = false, name = key, end = "") {
      const value = input?.[key];
      const text = isThere(value) ? segmentText(value, name, style, explode) : "";
      const isCut = end !== "" && (text + end).indexOf(end, 1) < text.length;
      if (isCut || text === "" || text === "." || text === "..") {
        throw new TypeError(`${key} cannot stand in a path: "${text}"`);
      }
      return text;
    }

    function segmentText(value, name, style, explode) {
      const prefix = { simple: "", label: ".", matrix: `;${encode(name)}=` }[style];
      if (style === "json") return encode(JSON.stringify(value));
      if (typeof value !== "object") return prefix + encode(value);
      const texts = parts(value, encode, explode);
      if (!explode || style === "simple") return prefix + texts.join(",");
      if (style === "label") return "." + texts.join(".");
      return texts.map((text) => Array.isArray(value) ? prefix + text : `;${text}`).join("");
    }

    /**
     * The pairs of a query, a form or cookies that say a parameter: a name, or a description with its style, and with the
     * member of the input that holds it where that has another name.
     */
    function pairs(parameter, input) {
      const { name, key = name, style = "form", explode = style === "form", reserved } =
        typeof parameter === "string" ? { name: parameter } : parameter;
      const value = input[key];
      if (!isThere(value)) return [];
      const write = reserved ? encodeReserved : encode;
      const start = encode(name) + "=";
      if (style === "json") return [start + encode(JSON.stringify(value))];
      if (typeof value !== "object") return [start + write(value)];
      if (Array.isArray(value) && explode) return parts(value, write).map((text) => start + text);
      if (style === "deepObject" || explode) {
        return Object.entries(value).flatMap(([member, item]) =>
          pairs({ name: style === "deepObject" ? `${name}[${member}]` : member, reserved },
            { [style === "deepObject" ? `${name}[${member}]` : member]: item }));
      }
      const texts = parts(value, write, false);
      const separator = { form: ",", spaceDelimited: "%20", pipeDelimited: "%7C" }[style];
      return texts.length ? [start + texts.join(separator)] : [];
    }

    function query(parameters, input) {
      const text = parameters.flatMap((parameter) => pairs(parameter, input)).join("&");
      return text && `?${text}`;
    }

    function headerText(parameter, input) {
      const { name, key = name, style, explode = false } = typeof parameter === "string" ? { name: parameter } : parameter;
      const value = input[key];
      if (!isThere(value)) return undefined;
      if (style === "json") return JSON.stringify(value);
      return typeof value === "object" ? parts(value, String, explode).join(",") : String(value);
    }

    """
}
