extension ClientValidator {
  /// The end of what follows the rules: the keywords that hold schemas of the same value, and what remains after them.
  static let applicators = #"""
      /** What other schemas say of the same value. */
      applied(schema, value, evaluated) {
        let isValid = schema.$ref === undefined || this.check(rules[schema.$ref], value, evaluated);
        if (schema.$dynamicRef) {
          const { anchor, schema: otherwise } = schema.$dynamicRef;
          const scope = this.scopes.find((anchors) => anchor !== undefined && Object.hasOwn(anchors, anchor));
          isValid = this.check(rules[scope ? scope[anchor] : otherwise], value, evaluated) && isValid;
        }
        for (const inner of schema.allOf ?? []) isValid = this.check(inner, value, evaluated) && isValid;
        if (schema.anyOf) isValid = this.any(schema.anyOf, value, evaluated) && isValid;
        if (schema.oneOf) isValid = this.one(schema.oneOf, value, evaluated) && isValid;
        if (schema.not !== undefined && this.matches(schema.not, value)) {
          isValid = this.refuse("not", "Must not match the schema that is excluded here.");
        }
        if (schema.if !== undefined) {
          const branch = this.matches(schema.if, value, evaluated) ? schema.then : schema.else;
          if (branch !== undefined) isValid = this.check(branch, value, evaluated) && isValid;
        }
        for (const [name, inner] of Object.entries(schema.dependentSchemas ?? {})) {
          if (kindOf(value) !== "object" || !Object.hasOwn(value, name)) continue;
          isValid = this.check(inner, value, evaluated) && isValid;
        }
        return isValid;
      }

      any(schemas, value, evaluated) {
        // Where a schema asks what was evaluated, those behind the first that matches count as well.
        const isMatch = evaluated
          ? schemas.filter((schema) => this.matches(schema, value, evaluated)).length > 0
          : schemas.some((schema) => this.matches(schema, value));
        return isMatch || this.explain(schemas, value, "any-of", `Must match at least one of ${schemas.length} schemas.`);
      }

      one(schemas, value, evaluated) {
        let found;
        for (const schema of schemas) {
          const own = evaluated ? places(value) : undefined;
          if (!this.matches(schema, value, own)) continue;
          if (found) return this.refuse("one-of", `Must match exactly one of ${schemas.length} schemas, matches several.`);
          found = own ?? [];
        }
        if (found && evaluated) merge(evaluated, found);
        return found !== undefined
          || this.explain(schemas, value, "one-of", `Must match exactly one of ${schemas.length} schemas.`);
      }

      /** Tells what is wrong by the only alternative that can be meant, if there is one. */
      explain(schemas, value, code, detail) {
        if (this.probes > 0) return false;
        const meant = schemas.filter((schema) => canBeMeant(schema, value));
        return meant.length === 1 ? this.check(meant[0], value) : this.refuse(code, detail);
      }

      unevaluated({ unevaluatedItems, unevaluatedProperties }, value, evaluated) {
        let isValid = true;
        if (Array.isArray(value) && unevaluatedItems !== undefined) {
          for (const [index, item] of value.entries()) {
            if (evaluated[index]) continue;
            evaluated[index] = true;
            isValid = this.checkAt(`${this.path.at(-1)}/${index}`, unevaluatedItems, item) && isValid;
          }
        }
        if (kindOf(value) === "object" && unevaluatedProperties !== undefined) {
          for (const [index, [name, item]] of Object.entries(value).entries()) {
            if (evaluated[index]) continue;
            evaluated[index] = true;
            isValid = this.other(unevaluatedProperties, name, item) && isValid;
          }
        }
        return isValid;
      }
    }

    /** What a schema means: one that is a reference and nothing else is what it refers to. */
    function target(schema) {
      let inner = schema;
      while (inner.$ref !== undefined && Object.keys(inner).length === 1) inner = rules[inner.$ref];
      return inner;
    }

    /** Whether a value has the type that a schema asks for, and the constants that tell schemas apart. */
    function canBeMeant(schema, value) {
      const meant = target(schema);
      if (meant === false) return false;
      if (meant.type !== undefined && !isOfTypes(value, [meant.type].flat())) return false;
      if (!hasConstants(meant, value)) return false;
      return kindOf(value) !== "object" || Object.entries(value).every(([name, item]) =>
        !meant.properties || !Object.hasOwn(meant.properties, name) || hasConstants(target(meant.properties[name]), item));
    }

    function hasConstants(schema, value) {
      return (schema.const === undefined || isSame(value, schema.const))
        && (!schema.enum || schema.enum.some((known) => isSame(value, known)));
    }

    function isOfTypes(value, types) {
      return types.includes(kindOf(value)) || Number.isInteger(value) && types.includes("integer");
    }

    function isSame(value, other) {
      return canonical(value) === canonical(other);
    }

    /** A place for each item or member of a value. */
    function places(value) {
      return value !== null && typeof value === "object" ? Object.keys(value).map(() => false) : [];
    }

    function merge(evaluated, others) {
      for (const [index, isThere] of others.entries()) evaluated[index] ||= isThere;
    }

    """#
}
