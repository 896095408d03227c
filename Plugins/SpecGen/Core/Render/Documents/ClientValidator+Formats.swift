extension ClientValidator {
  /// The formats of strings.
  static let formats = #"""
    /** The formats of strings: what a text of each must be, and whether one is. */
    const formats = (() => {
      const size = (text) => new TextEncoder().encode(text).length;
      const labels = (text, label) => text.split(".").every((part) => label.test(part) && size(part) <= 63);

      const isEmail = (text) => {
        const at = text.lastIndexOf("@");
        const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
        return at >= 0 && size(local) <= 64 && size(domain) <= 255
          && /^[\w!#$%&'*+\-/=?^`{|}~\u{80}-\u{10ffff}]+(?:\.[\w!#$%&'*+\-/=?^`{|}~\u{80}-\u{10ffff}]+)*$/u.test(local)
          && labels(domain, /^[A-Za-z0-9\u{80}-\u{10ffff}](?:[A-Za-z0-9\u{80}-\u{10ffff}-]*[A-Za-z0-9\u{80}-\u{10ffff}])?$/u);
      };
      const isHostname = (text) => text.length <= 253 && labels(text, /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/)
        && text.split(".").every((part) => part.slice(2, 4) !== "--" || /^xn--./i.test(part));

      const isIPv4 = (text) => /^(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)){3}$/.test(text);
      /** How many groups of 16 bits a text has; NaN when something else is between its colons. */
      const groups = (text, mayEndInIPv4) => {
        const parts = text.split(":");
        const isMixed = mayEndInIPv4 && isIPv4(parts.at(-1));
        if (isMixed) parts.pop();
        return parts.every((part) => /^[0-9A-Fa-f]{1,4}$/.test(part)) ? parts.length + (isMixed ? 2 : 0) : NaN;
      };
      const isIPv6 = (text) => {
        const gap = text.indexOf("::");
        if (gap < 0) return groups(text, true) === 8;
        const [head, tail] = [text.slice(0, gap), text.slice(gap + 2)];
        return (head === "" ? 0 : groups(head, false)) + (tail === "" ? 0 : groups(tail, true)) <= 7;
      };

      const isURI = (text, { isReference = false, isInternational = false } = {}) => {
        const international = isInternational ? "\u{80}-\u{10ffff}" : "";
        const isPart = (part, more) =>
          new RegExp(`^(?:[\\w\\-.~!$&'()*+,;=${more}${international}]|%[0-9A-Fa-f]{2})*$`, "u").test(part);
        const isAuthority = (authority) => {
          const at = authority.lastIndexOf("@");
          if (at >= 0 && !isPart(authority.slice(0, at), ":")) return false;
          const host = authority.slice(at + 1);
          const literal = /^\[([^\]]*)\](?::\d*)?$/.exec(host);
          if (literal) return isIPv6(literal[1]) || /^[vV][0-9A-Fa-f]+\.[\w.~!$&'()*+,;=:-]+$/.test(literal[1]);
          const [, name, port] = /^([^:]*):?([^]*)$/.exec(host);
          return /^\d*$/.test(port) && isPart(name, "");
        };
        const [, hierarchy, query = "", fragment = ""] = /^([^?#]*)(?:\?([^#]*))?(?:#([^]*))?$/.exec(text);
        if (!isPart(query, "/?:@") || !isPart(fragment, "/?:@")) return false;
        const [, scheme, rest] = /^(?:([^/:]*):)?([^]*)$/.exec(hierarchy);
        if (scheme === undefined ? !isReference : !/^[A-Za-z][A-Za-z0-9+\-.]*$/.test(scheme)) return false;
        if (!rest.startsWith("//")) return isPart(rest, "/:@");
        const [, authority, path] = /^\/\/([^/]*)([^]*)$/.exec(rest);
        return isAuthority(authority) && isPart(path, "/:@");
      };

      const isRegex = (text) => {
        try {
          return Boolean(new RegExp(text, "u"));
        } catch {
          return false;
        }
      };

      const character = "(?:\\w|%[0-9A-Fa-f]{2})";
      const variable = `${character}(?:\\.?${character})*(?:\\*|:[1-9][0-9]{0,3})?`;
      const template = new RegExp(
        `^(?:[^\\x00-\\x20\\x7f"%<>\\\\^\`{|}]|%[0-9A-Fa-f]{2}|\\{[+#./;?&=,!@|]?${variable}(?:,${variable})*\\})*$`, "u");
      const days = "(?:\\d+Y(?:\\d+M(?:\\d+D)?)?|\\d+M(?:\\d+D)?|\\d+D)";
      const hours = "T(?:\\d+H(?:\\d+M(?:\\d+S)?)?|\\d+M(?:\\d+S)?|\\d+S)";
      const duration = new RegExp(`^P(?:${days}(?:${hours})?|${hours}|\\d+W)$`);
      const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
      const mailbox = ["an email address such as ada@example.com", isEmail];
      return {
        email: mailbox,
        "idn-email": mailbox,
        hostname: ["a host name such as www.example.com", isHostname],
        ipv4: ["an IPv4 address such as 192.0.2.1", isIPv4],
        ipv6: ["an IPv6 address such as 2001:db8::1", isIPv6],
        uri: ["a URI such as https://example.com/", isURI],
        "uri-reference": [
          "a URI or a reference relative to one, such as /about", (text) => isURI(text, { isReference: true }),
        ],
        "uri-template": ["a URI template such as /users/{id}", (text) => template.test(text)],
        iri: ["an IRI such as https://example.com/é", (text) => isURI(text, { isInternational: true })],
        "iri-reference": [
          "an IRI or a reference relative to one, such as /é",
          (text) => isURI(text, { isReference: true, isInternational: true }),
        ],
        uuid: ["a UUID such as 0190a5c8-7c1e-7b3a-9f21-3d5e8a6b4c2d", (text) => uuid.test(text)],
        date: ["a date such as 2026-01-02", (text) => dayOf(text) !== undefined],
        time: ["a time with its offset, such as 03:04:05Z", (text) => momentOf(`2000-01-02T${text}`) !== undefined],
        "date-time": [
          "a date and time with its offset, such as 2026-01-02T03:04:05.678Z", (text) => momentOf(text) !== undefined,
        ],
        duration: ["a duration such as P1DT2H", (text) => duration.test(text)],
        regex: ["a regular expression of ECMA-262 without back references", isRegex],
        "json-pointer": ["a JSON Pointer such as /items/0", (text) => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text)],
        "relative-json-pointer": [
          "a relative JSON Pointer such as 1/name",
          (text) => /^(?:0|[1-9][0-9]*)(?:#|(?:\/(?:[^~/]|~[01])*)*)$/.test(text),
        ],
        byte: [
          "Base64 with padding, such as aGk=", (text) => text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text),
        ],
      };
    })();

    /** Milliseconds from 1970 to the day that a text such as `2026-01-02` names; undefined when there is none. */
    function dayOf(text) {
      const [, year, month, date] = (/^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []).map(Number);
      const start = new Date(0);
      start.setUTCFullYear(year, month - 1, date);
      const isThere = year >= 1 && start.getUTCMonth() === month - 1 && start.getUTCDate() === date;
      return isThere ? start.getTime() : undefined;
    }

    /** Milliseconds from 1970 to the moment that a `date-time` of RFC 3339 names; undefined when it is none. */
    function momentOf(text) {
      const parts = /^(.{10})[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/.exec(text);
      const start = parts ? dayOf(parts[1]) : undefined;
      if (start === undefined) return undefined;
      const [hour, minute, second, , , hours, minutes] = parts.slice(2).map((part) => Number(part ?? 0));
      if (hour > 23 || minute > 59 || second > 60 || hours > 23 || minutes > 59) return undefined;
      const minuteOfDay = hour * 60 + minute - (hours * 60 + minutes) * (parts[6] === "-" ? -1 : 1);
      // A leap second ends a day in UTC.
      if (second === 60 && (minuteOfDay + 2880) % 1440 !== 1439) return undefined;
      const fraction = second === 60 ? 0 : Number((parts[5] ?? "").slice(0, 3).padEnd(3, "0"));
      const time = start + minuteOfDay * 60_000 + second * 1000 + fraction;
      return -62_135_596_800_000 <= time && time <= 253_402_300_799_999 ? time : undefined;
    }

    """#
}
