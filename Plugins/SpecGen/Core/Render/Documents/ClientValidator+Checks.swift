extension ClientValidator {
  /// What follows the types of the schemas, as the generated readers do.
  static let checks = #"""
    /** The faults of one value, as the server would tell them. */
    class Check {
      faults = [];

      constructor(isRequest) {
        this.isRequest = isRequest;
      }

      refuse(pointer, code, detail) {
        if (this.faults.length < 100) {
          this.faults.push({ in: "body", pointer: [...pointer].slice(0, 1024).join(""), code, detail });
        }
        return undefined;
      }

      /** Adds what `violations` tells; false when it is something. */
      holds(pointer, violations) {
        for (const [code, detail] of violations) this.refuse(pointer, code, detail);
        return violations.length === 0;
      }

      refuseKind(value, kinds, pointer) {
        const kind = kindOf(value);
        if (kind === "null") return this.refuse(pointer, "null", "Must not be null.");
        return this.refuse(pointer, "type", `Must be ${listed(kinds.map((kind) => phrases[kind]))}, not ${phrases[kind]}.`);
      }

      isKind(value, kind, pointer) {
        if (kindOf(value) === kind) return true;
        this.refuseKind(value, [kind], pointer);
        return false;
      }

      /**
       * Reads a value as the server does, which compares items and chooses among types by what it has read; undefined where
       * something is wrong.
       */
      read(type, value, pointer) {
        if (type.nullable && value === null) return null;
        if (type.ref !== undefined) return this.read(schemas[type.ref], value, pointer);
        if (type.rule !== undefined) return this.ruled(type.rule, value, pointer);
        if (type.const !== undefined || type.enum) return this.text(type, value, pointer);
        if (type.among) return this.among(type, value, pointer);
        if (type.members) return this.object(type, value, pointer);
        if (type.select) return this.choice(type, type.select, value, pointer);
        switch (type.type) {
          case "string": return this.string(type, value, pointer);
          case "integer": case "number": return this.number(type, value, pointer);
          case "boolean": return this.isKind(value, "boolean", pointer) ? value : undefined;
          case "array": return this.array(type, value, pointer);
          case "map": return this.map(type, value, pointer);
          default: return value;
        }
      }

      ruled(name, value, pointer) {
        const found = new RuleCheck(this.isRequest, pointer).faultsOf(ruled[name], value);
        for (const fault of found) this.refuse(fault.pointer, fault.code, fault.detail);
        return found.length === 0 ? value : undefined;
      }

      text(type, value, pointer) {
        if (!this.isKind(value, "string", pointer)) return undefined;
        const texts = type.enum ?? [type.const];
        const text = value.normalize();
        if (texts.some((known) => known.normalize() === text)) return text;
        return this.holds(pointer, [notOneOf(texts, type.enum ? "enum" : "const")]) ? text : undefined;
      }

      among(type, value, pointer) {
        const read = type.type ? this.read({ type: type.type }, value, pointer) : value;
        if (read === undefined || type.among.some((known) => canonical(known) === canonical(read))) return read;
        const isOne = type.among.length === 1;
        return this.holds(pointer, [notOneOf(type.among.map(JSON.stringify), isOne ? "const" : "enum")]) ? read : undefined;
      }

      string(type, value, pointer) {
        if (!this.isKind(value, "string", pointer) || !this.holds(pointer, textViolations(type, value))) return undefined;
        switch (type.type === "string" && type.format) {
          case "uuid": return value.toLowerCase();
          case "date": return dayOf(value);
          case "date-time": return momentOf(value);
          default: return value.normalize();
        }
      }

      number(type, value, pointer) {
        if (!this.isKind(value, "number", pointer)) return undefined;
        const isWhole = type.type === "integer";
        if (isWhole && !Number.isInteger(value)) {
          return this.refuse(pointer, "type", "Must be an integer, not a fraction.");
        }
        const { minimum = -(2n ** 63n), maximum = 2n ** 63n - 1n } = isWhole ? type : {};
        if (isWhole && (exact(value) < -(2n ** 63n) || exact(value) > 2n ** 63n - 1n)) {
          return this.holds(pointer, numberViolations(value < 0 ? { minimum } : { maximum }, value)) ? value : undefined;
        }
        const violations = isWhole
          ? numberViolations(type, value, isExactMultiple) : numberViolations(type, value, isNearMultiple, value);
        return this.holds(pointer, violations) ? value : undefined;
      }

      array(type, value, pointer) {
        if (!this.isKind(value, "array", pointer)) return undefined;
        const items = [];
        value.forEach((item, index) => {
          const read = this.read(type.items, item, `${pointer}/${index}`);
          if (read !== undefined) items.push(read);
        });
        this.holds(pointer, countViolations(type, value.length, "Items", "item"));
        if (type.uniqueItems && new Set(items.map(canonical)).size !== items.length) this.holds(pointer, [twins]);
        return items;
      }

      map(type, value, pointer) {
        if (!this.isKind(value, "object", pointer)) return undefined;
        const values = {};
        for (const [name, item] of Object.entries(value)) {
          const read = this.read(type.values, item, below(pointer, name));
          if (read !== undefined) setMember(values, name, read);
        }
        this.holds(pointer, countViolations(type, Object.keys(value).length, "Properties", "member"));
        return values;
      }

      object(type, value, pointer) {
        if (!this.isKind(value, "object", pointer)) return undefined;
        const known = {};
        const others = {};
        for (const [name, item] of Object.entries(value)) {
          const place = below(pointer, name);
          const member = Object.hasOwn(type.members, name) ? type.members[name] : undefined;
          const read = this.member(type, member, item, place, name);
          if (read !== undefined) setMember(member ? known : others, name, read);
        }
        this.holds(pointer, countViolations(type, Object.keys(value).length, "Properties", "member"));
        let isWhole = true;
        for (const [name, member] of Object.entries(type.members)) {
          if (Object.hasOwn(known, name)) continue;
          if (member.required) isWhole = false;
          if (member.required && !Object.hasOwn(value, name)) this.holds(below(pointer, name), [required]);
          if (member.default !== undefined) setMember(known, name, new Check(false).read(member, member.default, ""));
        }
        return isWhole ? [known, others] : undefined;
      }

      member(type, member, value, pointer, name) {
        if (member) {
          if (!member.readOnly || !this.isRequest) return this.read(member, value, pointer);
          return this.refuse(pointer, ...readOnly);
        }
        if (type.closed || type.refused?.includes(name)) return this.refuse(pointer, ...unknownMember);
        return type.others ? this.read(type.others, value, pointer) : undefined;
      }

      choice(type, select, value, pointer) {
        const as = (index) => {
          const read = this.read(type.cases[index], value, pointer);
          return read === undefined ? undefined : [index, read];
        };
        if (typeof select === "number") return as(select);
        if (select.kinds) {
          const next = select.kinds[kindOf(value)];
          if (next !== undefined) return this.choice(type, next, value, pointer);
          return this.refuseKind(value, Object.keys(select.kinds), pointer);
        }
        if (select.tag === undefined) return this.trial(type, select, value, pointer, as);
        if (!this.isKind(value, "object", pointer)) return undefined;
        const tag = Object.hasOwn(value, select.tag) ? value[select.tag] : undefined;
        if (tag === undefined) this.holds(below(pointer, select.tag), [required]);
        else if (typeof tag === "string" && Object.hasOwn(select.texts, tag)) return as(select.texts[tag]);
        else this.holds(below(pointer, select.tag), [notOneOf(Object.keys(select.texts), "enum")]);
        return undefined;
      }

      /** Reads a value of one of several types: the first that it fits, or the only one. */
      trial(type, select, value, pointer, as) {
        const code = select.oneOf ? "one-of" : "any-of";
        const branches = select.oneOf ?? select.anyOf;
        const isObject = kindOf(value) === "object";
        const candidates = branches.filter(([, ...names]) => names.every((name) => isObject && Object.hasOwn(value, name)));
        if (candidates.length === 1) return as(candidates[0][0]);
        const name = (branch) => type.cases[branch[0]].name;
        if (candidates.length === 0) {
          const phrases = branches.map(([index, ...names]) => type.cases[index].name
            + (names.length > 0 ? ` (with ${names.map((name) => `\`${name}\``).join(", ")})` : ""));
          return this.refuse(pointer, code, `Must be ${listed(phrases)}.`);
        }
        const start = this.faults.length;
        const matches = [];
        let nearest;
        for (const branch of candidates) {
          const read = as(branch[0]);
          const faults = this.faults.splice(start);
          if (read !== undefined && faults.length === 0) {
            matches.push([branch, read]);
            if (select.anyOf) return read;
          } else if (!nearest || distance(faults, pointer) < distance(nearest.faults, pointer)) {
            nearest = { faults, branch };
          }
        }
        if (matches.length === 1) return matches[0][1];
        const names = listed(candidates.map(name));
        if (matches.length > 1) {
          const fitting = matches.map(([branch]) => name(branch)).join(" and ");
          return this.refuse(pointer, code, `Must be exactly one of ${names}, but is ${fitting}.`);
        }
        this.refuse(pointer, code, `Must be ${names}; this is nearest to ${name(nearest.branch)}.`);
        for (const fault of nearest.faults) this.refuse(fault.pointer, fault.code, fault.detail);
        return undefined;
      }
    }

    /** How far a value is from fitting: the faults, and far more when the value as a whole is of another kind. */
    function distance(faults, pointer) {
      const isFar = (fault) => fault.pointer === pointer && ["type", "null", "const", "enum"].includes(fault.code);
      return faults.reduce((sum, fault) => sum + (isFar(fault) ? 1000 : 1), 0);
    }

    /** What is wrong with a value of a type; it is judged as JSON says it. */
    function faultsOf(type, value, isRequest) {
      const check = new Check(isRequest);
      check.read(type, JSON.parse(JSON.stringify(value) ?? "null"), "");
      return check.faults;
    }

    /** Throws the problem that the server would answer to a body that is not what its schema asks for. */
    function refuseInvalid(operation, input) {
      if (!operation.schema || input.body === undefined) return;
      const errors = faultsOf(operation.schema, input.body, true);
      if (errors.length === 0) return;
      const detail = errors.length === 1
        ? errors[0].detail : `The request has ${errors.length} faults; \`errors\` lists them.`;
      const problem = { title: "Validation failed", code: "validation-failed", detail, errors };
      throw new ApiProblem({ status: 422, headers: new Headers() }, problem);
    }

    """#
}
