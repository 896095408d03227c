extension ClientValidator {
  /// What both kinds of checks share: the bounds of values, and the sentences.
  static let violations = #"""
    const phrases = {
      null: "null", boolean: "a boolean", integer: "an integer", number: "a number", string: "a string",
      array: "an array", object: "an object",
    };
    const required = ["required", "Is required."];
    const unknownMember = ["unknown-member", "There is no such member; leave it out."];
    const readOnly = ["read-only", "Is read-only; leave it out."];
    const twins = ["unique-items", "Must not hold an item twice."];

    function kindOf(value) {
      if (value === null) return "null";
      return Array.isArray(value) ? "array" : typeof value;
    }

    /** `a, b or c`. */
    function listed(names) {
      return names.length > 1 ? `${names.slice(0, -1).join(", ")} or ${names.at(-1)}` : names[0];
    }

    function counted(number, noun) {
      return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
    }

    function notOneOf(texts, code) {
      const names = texts.map((text) => `\`${text}\``).join(", ");
      return [code, code === "const" ? `Must be ${names}.` : `Must be one of ${names}.`];
    }

    /** The JSON Pointer (RFC 6901) to a member. */
    function below(pointer, name) {
      return `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    }

    /** Sets a member, whatever its name is. */
    function setMember(object, name, value) {
      Object.defineProperty(object, name, { value, enumerable: true });
    }

    /** A text that equal values share: members sorted by their names. */
    function canonical(value) {
      if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
      if (kindOf(value) !== "object") return JSON.stringify(value);
      return `{${Object.keys(value).sort().map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
    }

    function countViolations(type, number, what, noun) {
      const violations = [];
      const [least, most] = [type[`min${what}`], type[`max${what}`]];
      const code = what.toLowerCase();
      if (number < least) violations.push([`min-${code}`, `Must have at least ${counted(least, noun)}, has ${number}.`]);
      if (number > most) violations.push([`max-${code}`, `Must have at most ${counted(most, noun)}, has ${number}.`]);
      return violations;
    }

    function textViolations(type, text) {
      const violations = [];
      const { minLength = 0, maxLength = Infinity, maxBytes = Infinity, pattern, format } = type;
      const length = minLength > 0 || maxLength < Infinity ? [...text].length : 0;
      const bytes = maxBytes < Infinity ? new TextEncoder().encode(text).length : 0;
      if (length < minLength) {
        violations.push(["min-length", `Must have at least ${counted(minLength, "character")}, has ${length}.`]);
      }
      if (length > maxLength) {
        violations.push(["max-length", `Must have at most ${counted(maxLength, "character")}, has ${length}.`]);
      }
      if (bytes > maxBytes) {
        violations.push(["max-bytes", `Must have at most ${counted(maxBytes, "byte")} in UTF-8, has ${bytes}.`]);
      }
      if (pattern && !pattern.test(text)) violations.push(["pattern", `Must match the pattern ${pattern.source}.`]);
      if (format && !formats[format][1](text)) violations.push(["format", `Must be ${formats[format][0]}.`]);
      return violations;
    }

    function numberViolations(type, value, isMultiple, number = exact(value)) {
      const violations = [];
      if (number < type.minimum) violations.push(["minimum", `Must be at least ${type.minimum}.`]);
      if (number > type.maximum) violations.push(["maximum", `Must be at most ${type.maximum}.`]);
      if (number <= type.exclusiveMinimum) {
        violations.push(["exclusive-minimum", `Must be more than ${type.exclusiveMinimum}.`]);
      }
      if (number >= type.exclusiveMaximum) {
        violations.push(["exclusive-maximum", `Must be less than ${type.exclusiveMaximum}.`]);
      }
      if (type.multipleOf !== undefined && !isMultiple(value, type.multipleOf)) {
        violations.push(["multiple-of", `Must be a multiple of ${type.multipleOf}.`]);
      }
      return violations;
    }

    /** The number that JSON says for a value: beyond 2^53 its digits are others than those of the double. */
    function exact(value) {
      return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21 ? BigInt(value.toString()) : value;
    }

    /** Whether a number is a multiple as its decimal text says, which no double does exactly: 0.3 is a multiple of 0.1. */
    function isNearMultiple(value, divisor) {
      const quotient = value / divisor;
      if (!Number.isFinite(quotient)) return value % divisor === 0;
      const magnitude = Math.abs(quotient);
      const ulp = magnitude < 2 ** -1022 ? 2 ** -1074 : 2 ** (exponent(magnitude) - 52);
      return Math.abs(magnitude - Math.round(magnitude)) <= ulp;
    }

    /** The power of two that is the greatest up to a normal number. */
    function exponent(magnitude) {
      const view = new DataView(new ArrayBuffer(8));
      view.setFloat64(0, magnitude);
      return (view.getUint16(0) >> 4) - 1023;
    }

    /** Whether a number is an integer times another one, both as their texts say. */
    function isExactMultiple(value, divisor) {
      const [number, scale] = decimal(value);
      const [other, otherScale] = decimal(divisor);
      const common = scale < otherScale ? scale : otherScale;
      return number * 10n ** (scale - common) % (other * 10n ** (otherScale - common)) === 0n;
    }

    /** A number's digits, and the power of ten that the last of them counts. */
    function decimal(value) {
      const [, digits, fraction = "", power = "0"] = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value));
      return [BigInt(digits + fraction), BigInt(Number(power) - fraction.length)];
    }

    """#
}
