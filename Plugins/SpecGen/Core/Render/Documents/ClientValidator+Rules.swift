extension ClientValidator {
  /// What follows the rules of schemas that no Swift type can say.
  static let ruleChecks = #"""
    /** The faults of a value by a rule: JSON Schema 2020-12 as the server checks it. */
    class RuleCheck {
      findings = [];
      path;
      /** How many schemas within which it is only asked whether a value matches. */
      probes = 0;
      isName = false;
      depth = 0;
      /** The dynamic anchors of the schema resources that were entered, outermost first. */
      scopes = [];

      constructor(isRequest, pointer) {
        this.isRequest = isRequest;
        this.path = [pointer];
      }

      faultsOf(rule, value) {
        this.check(rule, value);
        return this.findings;
      }

      refuse(code, detail, name) {
        if (this.probes > 0 || this.findings.length >= 100) return false;
        const pointer = name === undefined ? this.path.at(-1) : below(this.path.at(-1), name);
        this.findings.push({ pointer, code, detail: this.isName ? `The name of this member: ${detail}` : detail });
        return false;
      }

      /**
       * Whether a value matches. `evaluated` holds which of its items or members were looked at, where a schema asks for it
       * (JSON Schema 2020-12 §11).
       */
      check(schema, value, evaluated) {
        schema = target(schema);
        if (schema === true) return true;
        if (schema === false) return this.refuse("not-allowed", "No value is allowed here; leave it out.");
        if (this.depth >= 1000) {
          return this.refuse("complexity", "Takes too many steps to check; make it smaller or less deeply nested.");
        }
        this.depth += 1;
        if (schema.$dynamicAnchors) this.scopes.push(schema.$dynamicAnchors);
        const asks = schema.unevaluatedItems !== undefined || schema.unevaluatedProperties !== undefined;
        const own = evaluated || asks ? places(value) : undefined;
        let isValid = true;
        for (const step of RuleCheck.steps) {
          if (this[step](schema, value, own)) continue;
          isValid = false;
          if (this.probes > 0) break;
        }
        if (schema.$dynamicAnchors) this.scopes.pop();
        this.depth -= 1;
        if (isValid && evaluated) merge(evaluated, own);
        return isValid;
      }

      static steps = ["value", "number", "string", "array", "object", "applied", "unevaluated"];

      /** Asks whether a value matches, without a finding. */
      matches(schema, value, evaluated) {
        this.probes += 1;
        const isMatch = this.check(schema, value, evaluated);
        this.probes -= 1;
        return isMatch;
      }

      checkAt(pointer, schema, value) {
        this.path.push(pointer);
        const isValid = this.check(schema, value);
        this.path.pop();
        return isValid;
      }

      holds(violations) {
        for (const [code, detail] of violations) this.refuse(code, detail);
        return violations.length === 0;
      }

      value(schema, value) {
        let isValid = true;
        const types = schema.type === undefined ? undefined : [schema.type].flat();
        if (types && !isOfTypes(value, types)) {
          isValid = value === null ? this.refuse("null", "Must not be null.") : this.refuseType(types, value);
        }
        const plain = (value) => (typeof value === "string" ? value : JSON.stringify(value));
        if (schema.const !== undefined && !isSame(value, schema.const)) {
          isValid = this.refuse(...notOneOf([plain(schema.const)], "const"));
        }
        if (schema.enum && !schema.enum.some((known) => isSame(value, known))) {
          isValid = this.refuse(...notOneOf(schema.enum.map(plain), "enum"));
        }
        if (schema.readOnly && this.isRequest) isValid = this.refuse(...readOnly);
        return isValid;
      }

      refuseType(types, value) {
        const kind = kindOf(value);
        if (kind === "number" && types.join() === "integer") return this.refuse("type", "Must be an integer, not a fraction.");
        const names = Object.keys(phrases).filter((name) => types.includes(name)).map((name) => phrases[name]);
        return this.refuse("type", `Must be ${names.join(" or ")}, not ${phrases[kind]}.`);
      }

      number(schema, value) {
        return typeof value !== "number" || this.holds(numberViolations(schema, value, isExactMultiple));
      }

      string(schema, value) {
        return typeof value !== "string" || this.holds(textViolations(schema, value));
      }

      array(schema, value, evaluated) {
        if (!Array.isArray(value)) return true;
        let isValid = this.holds(countViolations(schema, value.length, "Items", "item"));
        if (schema.uniqueItems && new Set(value.map(canonical)).size !== value.length) isValid = this.refuse(...twins);
        for (const [index, item] of value.entries()) {
          const inner = index < (schema.prefixItems?.length ?? 0) ? schema.prefixItems[index] : schema.items;
          if (inner === undefined) break;
          if (evaluated) evaluated[index] = true;
          if (!this.checkAt(`${this.path.at(-1)}/${index}`, inner, item)) isValid = false;
        }
        if (schema.contains !== undefined && !this.contains(schema, value, evaluated)) isValid = false;
        return isValid;
      }

      contains({ contains, minContains = 1, maxContains = Infinity }, items, evaluated) {
        let number = 0;
        for (const [index, item] of items.entries()) {
          if (!this.matches(contains, item)) continue;
          number += 1;
          if (evaluated) evaluated[index] = true;
        }
        const kind = "of a certain kind, holds";
        if (number < minContains) {
          return this.refuse("contains", `Must hold at least ${counted(minContains, "item")} ${kind} ${number}.`);
        }
        if (number > maxContains) {
          return this.refuse("max-contains", `Must hold at most ${counted(maxContains, "item")} ${kind} ${number}.`);
        }
        return true;
      }

      object(schema, value, evaluated) {
        if (kindOf(value) !== "object") return true;
        let isValid = this.holds(countViolations(schema, Object.keys(value).length, "Properties", "member").slice(0, 1));
        for (const name of schema.required ?? []) {
          if (!Object.hasOwn(value, name)) isValid = this.refuse(...required, name);
        }
        for (const [name, others] of Object.entries(schema.dependentRequired ?? {})) {
          if (!Object.hasOwn(value, name)) continue;
          for (const other of others) {
            if (Object.hasOwn(value, other)) continue;
            isValid = this.refuse("dependent-required", `Is required beside \`${name}\`.`, other);
          }
        }
        for (const [index, [name, item]] of Object.entries(value).entries()) {
          if (!this.member(schema, name, item, index, evaluated)) isValid = false;
        }
        return isValid;
      }

      member(schema, name, value, index, evaluated) {
        const place = below(this.path.at(-1), name);
        let isValid = true;
        if (schema.propertyNames !== undefined) {
          this.isName = true;
          isValid = this.checkAt(place, schema.propertyNames, name);
          this.isName = false;
        }
        const own = schema.properties && Object.hasOwn(schema.properties, name) ? [schema.properties[name]] : [];
        const matching = (schema.patternProperties ?? []).filter(([pattern]) => pattern.test(name));
        const named = [...own, ...matching.map(([, inner]) => inner)];
        for (const inner of named) {
          if (!this.checkAt(place, inner, value)) isValid = false;
        }
        if (named.length === 0 && schema.additionalProperties !== undefined) {
          if (!this.other(schema.additionalProperties, name, value)) isValid = false;
        } else if (named.length === 0) {
          return isValid;
        }
        if (evaluated) evaluated[index] = true;
        return isValid;
      }

      /** Checks a member that no property is about; where none is allowed, it is unknown. */
      other(schema, name, value) {
        if (target(schema) === false) return this.refuse(...unknownMember, name);
        return this.checkAt(below(this.path.at(-1), name), schema, value);
      }


    """#
}
